/* Orders photos by dragging or with two buttons, and sets the point that a crop keeps.
   What is sent are the fields of the form, which are used as they are without this. */
"use strict";

(() => {
    // How far an arrow key moves the point, in percent.
    const ARROWS = {
        ArrowLeft: ["x", -10],
        ArrowRight: ["x", 10],
        ArrowUp: ["y", -10],
        ArrowDown: ["y", 10],
    };
    // A drag this near to the edge of the window scrolls, in steps of so much.
    const EDGE_PX = 70;
    const STEP_PX = 14;

    const sectionOf = (row) => row.closest("[data-photos]");
    const rowsOf = (section) => [...section.querySelectorAll("[data-photo]")];
    const field = (row, name) => row.querySelector(`[name$="-${name}"]`);

    function say(section, sentence, values) {
        const line = section.querySelector("[role=status]");
        const text = line.dataset[sentence];
        line.textContent = text.replace(/{(\w+)}/g, (_, name) => values[name]);
    }

    function number(row) {
        const section = sectionOf(row);
        const rows = rowsOf(section);
        rows.forEach((one, index) => {
            field(one, "position").value = index + 1;
        });
        say(section, "place", { place: rows.indexOf(row) + 1, count: rows.length });
    }

    // The neighbour moves, not the row: so the row keeps the focus and the pointer.
    function up(row) {
        row.after(row.previousElementSibling);
    }

    function down(row) {
        row.before(row.nextElementSibling);
    }

    function onMove(row, by) {
        if (by < 0 && row.previousElementSibling) {
            up(row);
        } else if (by > 0 && row.nextElementSibling) {
            down(row);
        }
        number(row);
        row.scrollIntoView({ block: "nearest" });
    }

    function middle(row) {
        const box = row.getBoundingClientRect();
        return box.top + box.height / 2;
    }

    function drag(row, y) {
        while (row.previousElementSibling && y < middle(row.previousElementSibling)) {
            up(row);
        }
        while (row.nextElementSibling && y > middle(row.nextElementSibling)) {
            down(row);
        }
        if (y < EDGE_PX) {
            window.scrollBy(0, -STEP_PX);
        } else if (y > window.innerHeight - EDGE_PX) {
            window.scrollBy(0, STEP_PX);
        }
    }

    // While one is dragged the rows are low, and this one stays under the pointer.
    function sorting(row, isOn) {
        const before = row.getBoundingClientRect().top;
        sectionOf(row).classList.toggle("photos--sorting", isOn);
        row.classList.toggle("photo-row--dragged", isOn);
        window.scrollBy(0, row.getBoundingClientRect().top - before);
    }

    function makeDraggable(row) {
        const handle = row.querySelector("[data-handle]");
        const onPointer = (event) => drag(row, event.clientY);
        handle.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            handle.setPointerCapture(event.pointerId);
            handle.addEventListener("pointermove", onPointer);
            sorting(row, true);
        });
        handle.addEventListener("lostpointercapture", () => {
            handle.removeEventListener("pointermove", onPointer);
            sorting(row, false);
            number(row);
        });
    }

    function pointOf(row) {
        const tenth = (name) => Math.round(field(row, name).value / 10) * 10;
        return { x: tenth("focus_x"), y: tenth("focus_y") };
    }

    function show(row) {
        const point = pointOf(row);
        for (const one of row.querySelectorAll("[class*=focus-x-]")) {
            one.className = one.className.replace(
                /focus-([xy])-\d+/g,
                (_, axis) => `focus-${axis}-${point[axis]}`,
            );
        }
    }

    function setPoint(row, point) {
        for (const [axis, percent] of Object.entries(point)) {
            const tenths = Math.round(Math.min(100, Math.max(0, percent)) / 10);
            field(row, `focus_${axis}`).value = tenths * 10;
        }
        show(row);
        say(sectionOf(row), "point", pointOf(row));
    }

    function makePointable(row) {
        const photo = row.querySelector(".focus__photo");
        photo.addEventListener("click", (event) => {
            // A click without a pointer is the key Enter on the point.
            if (event.detail > 0) {
                const box = photo.getBoundingClientRect();
                setPoint(row, {
                    x: ((event.clientX - box.left) / box.width) * 100,
                    y: ((event.clientY - box.top) / box.height) * 100,
                });
            }
        });
        photo.addEventListener("keydown", (event) => {
            if (event.key in ARROWS) {
                const [axis, by] = ARROWS[event.key];
                event.preventDefault();
                setPoint(row, { [axis]: pointOf(row)[axis] + by });
            }
        });
        for (const name of ["focus_x", "focus_y"]) {
            field(row, name).addEventListener("input", () => setPoint(row, pointOf(row)));
        }
        show(row);
    }

    function reveal(root, selector) {
        for (const one of root.querySelectorAll(selector)) {
            one.hidden = false;
        }
    }

    function enhance(section) {
        const rows = rowsOf(section);
        const send = section.querySelector("[data-photos-send]");
        section.querySelector("[type=file]")?.addEventListener("change", () => {
            send?.toggleAttribute("hidden", false);
        });
        send?.addEventListener("click", () => {
            const form = send.form;
            form.requestSubmit(form.elements.namedItem("_continue"));
        });
        for (const row of rows) {
            if (row.querySelector("[data-point]")) {
                reveal(row, "[data-point], [data-point-help]");
                makePointable(row);
            }
            if (rows.length > 1) {
                const place = row.querySelector("[data-place-field]");
                place.hidden = !place.querySelector(".errorlist");
                reveal(row, "[data-handle], [data-moves]");
                makeDraggable(row);
            }
            for (const button of row.querySelectorAll("[data-move]")) {
                button.addEventListener("click", () => onMove(row, Number(button.dataset.move)));
            }
        }
    }

    document.querySelectorAll("[data-photos]").forEach(enhance);
})();
