// Keeps true, while the page is looked at, what it says of the shop's being open.
"use strict";

(() => {
  const RETRY_MS = 60_000;
  const LEAST_MS = 1000;
  let due = 0;
  let timer;

  function wait(milliseconds) {
    due = Date.now() + milliseconds;
    clearTimeout(timer);
    timer = setTimeout(refresh, milliseconds);
  }

  // Counted from the server's clock: the phone's may be wrong. The server says how long
  // ago it made the page.
  function plan(age) {
    const { now, changesAt } = document.querySelector("[data-changes-at]").dataset;
    wait(Math.max(Date.parse(changesAt) - Date.parse(now) - age, LEAST_MS));
    return Math.abs(Date.now() - Date.parse(now));
  }

  function ageOf(answer) {
    return Number(/age;dur=(\d+)/.exec(answer.headers.get("Server-Timing"))?.[1] ?? 0);
  }

  function ageOfPage() {
    const [entry] = performance.getEntriesByType("navigation");
    return entry?.serverTiming?.find(({ name }) => name === "age")?.duration ?? 0;
  }

  async function refresh() {
    if (document.hidden) {
      return;
    }
    wait(RETRY_MS);
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const text = answer.ok ? await answer.text() : "";
      const page = new DOMParser().parseFromString(text, "text/html");
      for (const old of document.querySelectorAll("[data-live]")) {
        const fresh = page.getElementById(old.id);
        if (fresh) {
          old.replaceWith(fresh);
          plan(ageOf(answer));
        }
      }
    } catch {
      // No signal: it is tried again.
    }
  }

  if (!document.querySelector("[data-changes-at]")) {
    return;
  }
  document.addEventListener("visibilitychange", () => {
    if (Date.now() >= due) {
      refresh();
    }
  });
  // A page that comes out of the browser's memory is old from its first moment.
  if (plan(ageOfPage()) > RETRY_MS) {
    refresh();
  }
})();
