// The pages work without this. It only spares some steps where scripts run.
"use strict";

// A select that asks for it sends its form at once.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-send-on-change]");
  if (form) form.requestSubmit();
});

// What cannot be taken back is asked for once more.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const question = (button && button.dataset.ask) || event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});
