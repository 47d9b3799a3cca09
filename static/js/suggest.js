// What a search box offers while one types: the arrow keys go through it, Escape and
// leaving close it, and sending the form stops what is still on its way.
for (const box of document.querySelectorAll(".suggesting")) {
  const input = box.querySelector("input[type=search]");
  const list = box.querySelector(".suggestions");
  const close = () => list.replaceChildren();

  const step = (by) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + by;
    stops[(next + stops.length) % stops.length].focus();
  };

  box.addEventListener("keydown", (event) => {
    if (!list.firstElementChild) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
      input.focus();
    }
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) {
      close();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!box.contains(event.target)) {
      close();
    }
  });
  box.querySelector("form").addEventListener("submit", () => {
    input.dispatchEvent(new Event("htmx:abort"));
  });
}
