// The sheet of filters on a phone goes away once its button, or Escape, is pressed.
for (const sheet of document.querySelectorAll(".sheet")) {
  const close = () => {
    const hadFocus = sheet.contains(document.activeElement);
    sheet.open = false;
    if (hadFocus) {
      sheet.querySelector("summary").focus();
    }
  };
  sheet.addEventListener("submit", close);
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
    }
  });
}

// Addresses to share carry only what was chosen.
document.addEventListener("htmx:configRequest", (event) => {
  const { formData } = event.detail;
  for (const [name, value] of [...formData]) {
    if (value === "") {
      formData.delete(name);
    }
  }
});
