/* Turns the twelve selects of a season into columns of three steps. The selects stay
   in the form, hidden: they are what is sent, and what is used without this file. */
"use strict";

(() => {
    const HIGHEST = 3;
    // How far a key moves the level, or which level it sets.
    const KEYS_BY = { ArrowUp: 1, ArrowDown: -1, PageUp: 1, PageDown: -1 };
    const KEYS_TO = { Home: 0, End: HIGHEST, 0: 0, 1: 1, 2: 2, 3: 3 };
    const KEYS_ALONG = { ArrowLeft: -1, ArrowRight: 1 };

    const columns = (season) => [...season.querySelectorAll("[role=slider]")];
    const selectOf = (column) => column.parentElement.querySelector("select");

    function show(column) {
        const select = selectOf(column);
        const label = select.selectedOptions[0].text;
        const month = column.getAttribute("aria-label");
        column.setAttribute("aria-valuenow", select.value);
        column.setAttribute("aria-valuetext", label);
        column.title = `${month}: ${label}`;
    }

    function say(column) {
        column.closest("[data-season]").querySelector(".season__now").textContent =
            column.title;
    }

    function set(column, level) {
        const select = selectOf(column);
        const next = String(Math.min(HIGHEST, Math.max(0, level)));
        if (next !== select.value) {
            select.value = next;
            select.dispatchEvent(new Event("change", { bubbles: true }));
        }
        show(column);
        say(column);
    }

    function focus(column) {
        for (const other of columns(column.closest("[data-season]"))) {
            other.tabIndex = other === column ? 0 : -1;
        }
        column.focus();
        say(column);
    }

    function onKey(event) {
        const column = event.currentTarget;
        const level = Number(selectOf(column).value);
        if (event.ctrlKey || event.altKey || event.metaKey) {
            return;
        }
        if (event.key in KEYS_BY) {
            set(column, level + KEYS_BY[event.key]);
        } else if (event.key in KEYS_TO) {
            set(column, KEYS_TO[event.key]);
        } else if (event.key in KEYS_ALONG) {
            const all = columns(column.closest("[data-season]"));
            const at = all.indexOf(column) + KEYS_ALONG[event.key];
            focus(all[(at + all.length) % all.length]);
        } else {
            return;
        }
        event.preventDefault();
    }

    // A step sets its level; the step at the top of the pile takes it away again.
    function onClick(event) {
        const column = event.currentTarget;
        const step = event.target.closest("[data-step]");
        const box = column.getBoundingClientRect();
        const pointed = Math.ceil(((box.bottom - event.clientY) / box.height) * HIGHEST);
        const level = Number(step ? step.dataset.step : pointed);
        focus(column);
        set(column, level === Number(selectOf(column).value) ? level - 1 : level);
    }

    function makeColumn(month, isFirst) {
        const column = document.createElement("div");
        column.className = "season__column";
        column.tabIndex = isFirst ? 0 : -1;
        column.setAttribute("role", "slider");
        column.setAttribute("aria-orientation", "vertical");
        column.setAttribute("aria-valuemin", 0);
        column.setAttribute("aria-valuemax", HIGHEST);
        column.setAttribute("aria-label", month.querySelector("label").textContent);
        for (let step = HIGHEST; step > 0; step -= 1) {
            const part = document.createElement("span");
            part.dataset.step = step;
            column.append(part);
        }
        column.addEventListener("keydown", onKey);
        column.addEventListener("click", onClick);
        column.addEventListener("focus", () => say(column));
        return column;
    }

    function enhance(season) {
        // The template of "Add another" stays plain: its copies are enhanced.
        if (season.classList.contains("season--columns") || season.closest(".empty-form")) {
            return;
        }
        season.classList.add("season--columns");
        const now = document.createElement("p");
        now.className = "season__now";
        now.setAttribute("aria-hidden", "true");
        season.append(now);
        season.querySelectorAll(".season__month").forEach((month, index) => {
            const column = makeColumn(month, index === 0);
            month.querySelector("select").hidden = true;
            month.querySelector("label").hidden = true;
            month.querySelector("select").before(column);
            show(column);
        });
    }

    function enhanceAll(root) {
        root.querySelectorAll("[data-season]").forEach(enhance);
    }

    document.addEventListener("DOMContentLoaded", () => enhanceAll(document));
    document.addEventListener("formset:added", (event) => enhanceAll(event.target));
    // Going back, browsers fill the selects in again, after the page has loaded.
    window.addEventListener("pageshow", () => {
        document.querySelectorAll("[role=slider].season__column").forEach(show);
    });
})();
