// The pages work without this. It only spares some steps where scripts run.
"use strict";

// What cannot be taken back is asked for once more, and a double click sends once.
const sent = new WeakMap();
let pressed = null; // iPhones before iOS 15.4 do not tell with the form by which button it goes
document.addEventListener("click", (event) => { pressed = event.target.closest("button"); });
document.addEventListener("submit", (event) => {
  const form = event.target, button = pressed && pressed.form === form ? pressed : null;
  if (event.defaultPrevented || form.method !== "post") return;
  const again = event.timeStamp - (sent.get(form) ?? -Infinity) < 2000;
  const question = (button && button.dataset.ask) || form.dataset.ask;
  if (again || (question && !window.confirm(question))) event.preventDefault();
  else sent.set(form, event.timeStamp);
});

// Files that the page would not take are told of before they are sent, and left out.
document.addEventListener("change", (event) => {
  const input = event.target, { most, largest } = input.dataset;
  if (!largest) return;
  const kept = new DataTransfer(), left = [];
  let advice = "";
  for (const file of input.files) {
    if (file.size > Number(largest)) {
      left.push(`「${file.name}」超过 ${largest / 2 ** 20} MB`);
      advice = "请压缩一下，或者截图再传。";
    } else if (kept.items.length >= Number(most)) left.push(`「${file.name}」多出来了`);
    else kept.items.add(file);
  }
  if (left.length) input.files = kept.files;
  const told = input.parentElement.querySelector("[role=alert]");
  told.textContent = left.length ? `没有选上：${left.join("，")}。${advice}` : "";
  told.hidden = !left.length;
});
