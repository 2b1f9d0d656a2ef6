// The chat works without this. Where scripts run, what was sent leaves the line free for the next.
"use strict";

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form[data-empty-when-sent]");
  const said = document.getElementById("e-text");
  if (form && event.detail.successful && !(said && said.textContent)) {
    form.elements.text.value = "";
  }
});
