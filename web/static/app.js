// The pages work without this. It only spares some steps where scripts run.
"use strict";

// What cannot be taken back is asked for once more, and a double click sends once.
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (event.defaultPrevented || form.method !== "post") return;
  const again = event.timeStamp - (sent.get(form) ?? -Infinity) < 2000;
  const question = (button && button.dataset.ask) || form.dataset.ask;
  if (again || (question && !window.confirm(question))) event.preventDefault();
  else sent.set(form, event.timeStamp);
});
