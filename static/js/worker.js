// Keeps the last pages of the market, for when there is no signal. Run by /sw.js, which
// tells it of the site (agroferias/offline.py).
"use strict";

(() => {
  const { assets, languages, patience, private: closed } = self.told;
  const PAGES = "pages";
  const STATIC = "static";
  // So old, a page that nobody opens is asked for again, as others are opened.
  const OLD_MS = 10 * 60 * 1000;
  // So long, an answer that came late waits to be shown.
  const LATE_MS = 30_000;
  const DAY = /^(\d{4}-\d\d-\d\d)\/$/;
  const HASHED = /\.[0-9a-f]{12}\.\w+$/;
  const REFERRED = /(?:href|src)="([^"#]+)/g;
  const HIDDEN = /(<p [^>]*id="kept") hidden/;
  const asked = new Map();
  const late = new Map();

  const isHashed = (path) => path.startsWith(self.told.static) && HASHED.test(path);
  const isPrivate = (path) => closed.some((start) => path.startsWith(start));
  const siteOf = (path) => languages.find(({ home }) => path.startsWith(home));
  const later = (milliseconds) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));
  const today = () =>
    new Date().toLocaleDateString("sv-SE", { timeZone: "America/Lima" });

  function bare(address) {
    const url = new URL(address, location);
    url.hash = "";
    return url;
  }

  // The date of a market day's page, or nothing.
  function dateOf(path) {
    const { days } = siteOf(path);
    return path.startsWith(days) && DAY.exec(path.slice(days.length))?.[1];
  }

  function isKept({ pathname, search }) {
    const { home, calendar, shop } = siteOf(pathname);
    const isDay = dateOf(pathname) >= today();
    return !search && (isDay || [home, calendar, shop].includes(pathname));
  }

  // The kept page of the soonest market day that is not past, or nothing.
  async function soonest(site) {
    const cache = await caches.open(PAGES);
    const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
    const coming = paths.filter((path) => dateOf(path) >= today());
    return coming.filter((path) => siteOf(path) === site).sort()[0];
  }

  async function keep({ pathname }, answer) {
    const cache = await caches.open(PAGES);
    await cache.put(pathname, answer);
    for (const { url } of await cache.keys()) {
      if (dateOf(new URL(url).pathname) < today()) {
        await cache.delete(url);
      }
    }
  }

  async function copyOf(url) {
    const site = siteOf(url.pathname);
    if (url.pathname === site.sunday) {
      const day = await soonest(site);
      return day && Response.redirect(new URL(day, location));
    }
    const cache = await caches.open(PAGES);
    return cache.match(url, { ignoreSearch: true });
  }

  // Shows on a copy when it was made: the page has the words, and hides them.
  async function marked(copy) {
    if (copy.status !== 200) {
      return copy;
    }
    const headers = new Headers(copy.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    return new Response((await copy.text()).replace(HIDDEN, "$1"), { headers });
  }

  // Gives the network's answer, and keeps it; nothing if there is none.
  async function ask(request, url, event) {
    try {
      const answer = await fetch(request);
      if (answer.ok && !answer.redirected && isKept(url)) {
        event.waitUntil(keep(url, answer.clone()));
      }
      return answer;
    } catch {
      return undefined;
    } finally {
      asked.delete(url.href);
    }
  }

  function askOnce(request, url, event) {
    if (!asked.has(url.href)) {
      asked.set(url.href, ask(request, url, event));
    }
    return asked.get(url.href);
  }

  function takeLate({ href }) {
    const { answer, at } = late.get(href) ?? { at: 0 };
    late.delete(href);
    const isFresh = Date.now() - at < LATE_MS && !answer.bodyUsed;
    return isFresh ? answer : undefined;
  }

  async function page(event, url) {
    const waiting = takeLate(url);
    if (waiting) {
      return waiting;
    }
    // Going back would be answered by what the browser has from before.
    const request = new Request(event.request, { cache: "no-cache" });
    const answer = ask(request, url, event);
    asked.set(url.href, answer);
    event.waitUntil(answer);
    const copy = await copyOf(url);
    const soon = await (copy ? Promise.race([answer, later(patience)]) : answer);
    if (soon) {
      asked.delete(url.href);
      return soon;
    }
    const last = siteOf(url.pathname).offline;
    return copy ? marked(copy) : (await caches.match(last)) ?? Response.error();
  }

  // Asks again for the page that a window shows, and tells it of an answer.
  async function look(event) {
    const url = bare(event.data.look);
    const { offline } = siteOf(url.pathname);
    if (isPrivate(url.pathname) || url.pathname === offline) {
      return;
    }
    const request = new Request(url, { cache: "no-store", redirect: "manual" });
    const answer = await askOnce(request, url, event);
    if (answer) {
      late.set(url.href, { answer, at: Date.now() });
      event.source.postMessage({ fresh: url.href });
    }
  }

  async function withFiles(url, answer) {
    const html = await answer.clone().text();
    const paths = [...html.matchAll(REFERRED)].map(([, path]) => path);
    const cache = await caches.open(STATIC);
    for (const path of new Set(paths.filter(isHashed))) {
      if (!(await cache.match(path))) {
        await cache.add(path);
      }
    }
    await keep(url, answer);
  }

  // Keeps what may be wanted without signal and was not opened of late.
  async function refresh(path) {
    const site = siteOf(path);
    for (const address of [site.home, site.sunday, site.shop, site.calendar]) {
      const known = address === site.sunday ? await soonest(site) : address;
      const copy = known && (await caches.match(known));
      const made = copy ? Date.parse(copy.headers.get("Date")) : 0;
      if (Date.now() - made > OLD_MS) {
        const answer = await fetch(address);
        const url = bare(answer.url);
        if (answer.ok && isKept(url)) {
          await withFiles(url, answer);
        }
      }
    }
  }

  async function fromStatic(request) {
    const cache = await caches.open(STATIC);
    const found = await cache.match(request.url);
    if (found) {
      return found;
    }
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic") {
      await cache.put(request.url, answer.clone());
    }
    return answer;
  }

  async function install() {
    const cache = await caches.open(STATIC);
    await cache.addAll(assets.filter(isHashed));
    const last = languages.map(({ offline }) => new Request(offline, { cache: "reload" }));
    await (await caches.open(PAGES)).addAll(last);
    await self.skipWaiting();
  }

  // Forgets the files of earlier versions that no kept page needs.
  async function activate() {
    await self.clients.claim();
    const needed = new Set(assets);
    const pages = await caches.open(PAGES);
    for (const request of await pages.keys()) {
      const html = await (await pages.match(request)).text();
      [...html.matchAll(REFERRED)].forEach(([, path]) => needed.add(path));
    }
    const cache = await caches.open(STATIC);
    for (const { url } of await cache.keys()) {
      if (!needed.has(new URL(url).pathname)) {
        await cache.delete(url);
      }
    }
  }

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));
  self.addEventListener("message", (event) => {
    const { keep: path, look: address } = event.data;
    // Without signal, it is tried again with the next page.
    const work = address ? look(event) : refresh(path).catch(() => {});
    event.waitUntil(work);
  });
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = bare(request.url);
    if (request.method !== "GET" || url.origin !== location.origin) {
      return;
    }
    if (isHashed(url.pathname)) {
      event.respondWith(fromStatic(request));
    } else if (request.destination === "document" && !isPrivate(url.pathname)) {
      event.respondWith(page(event, url));
    }
  });
})();
