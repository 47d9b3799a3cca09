// Copies a text with one tap; without this file it can be selected by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      // The clipboard is only for pages served over TLS.
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
  });
}
