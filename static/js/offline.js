// Has the pages of the market kept for when there is no signal (js/worker.js), and says
// of a page that is older than the signal when it was made.
"use strict";

(() => {
  const workers = navigator.serviceWorker;
  const kept = document.getElementById("kept");
  const AGAIN_MS = 5000;
  const here = () => location.href.split("#")[0];
  if (!workers || !kept) {
    return;
  }

  function look() {
    if (!kept.hidden && !document.hidden) {
      workers.controller?.postMessage({ look: here() });
    }
  }

  function say() {
    kept.hidden = false;
  }

  async function start() {
    await workers.register(kept.dataset.worker);
    const { active } = await workers.ready;
    if (!navigator.connection?.saveData) {
      active.postMessage({ keep: location.pathname });
    }
  }

  // Only what is there: each of these links would end on this page again.
  async function offer(links) {
    const cache = await caches.open("pages");
    const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
    const nav = links[0].closest("nav");
    nav.hidden = true;
    for (const link of links) {
      const { kept: path, below } = link.dataset;
      const isThere = below === undefined
        ? paths.includes(path)
        : paths.some((one) => one.startsWith(path));
      link.parentElement.hidden = !isThere;
      nav.hidden &&= !isThere;
    }
  }

  workers.addEventListener("message", ({ data }) => {
    if (data.fresh === here() && !kept.hidden) {
      location.reload();
    }
  });
  workers.startMessages();
  addEventListener("offline", say);
  addEventListener("online", look);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !navigator.onLine) {
      say();
    }
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, AGAIN_MS);
  look();
  const links = document.querySelectorAll("[data-kept]");
  if (links.length) {
    offer(links);
  }
  if (kept.dataset.worker) {
    addEventListener("load", start);
  }
})();
