// Every page works without this file. It adds: copy, the theme choice, a revealed key that hides again, modal dialogs
// for forms that came back with errors, dialogs that are fetched instead of opening as a page, focus back to the menu
// a dialog came from, and dialogs in older browsers.
const all = (selector) => document.querySelectorAll(selector);
const say = (text) => { document.getElementById("live").textContent = text; };

async function copy(button) {
  const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  try {
    await navigator.clipboard.writeText(button.dataset.copy || source.textContent.trim());
  } catch {
    return say("Your browser did not allow copying. Select the text and copy it yourself.");
  }
  button.classList.add("copied");
  say("Copied to clipboard");
  setTimeout(() => button.classList.remove("copied"), 1600);
}

function setTheme(theme) {
  if (theme === "system") { delete localStorage.theme; delete document.documentElement.dataset.theme; }
  else { localStorage.theme = document.documentElement.dataset.theme = theme; }
  showTheme();
}

function showTheme() {
  for (const button of all("[data-set-theme]"))
    button.setAttribute("aria-pressed", button.dataset.setTheme === (localStorage.theme || "system"));
}

// A dialog opened from a menu cannot give the focus back: its button is hidden again. The menu's own button takes it.
let opener;
document.addEventListener("close", () => {
  const menu = opener?.closest("[popover]");
  if (menu) document.querySelector(`[popovertarget="${menu.id}"]`).focus();
}, true);

// A dialog that has an address of its own comes into the page it is about. If that fails, its address opens.
async function fetchDialog(link) {
  try {
    const answer = await fetch(link.href, { headers: { "X-Dialog": "1" } });
    const dialog = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("dialog");
    if (document.querySelector("dialog[open]")) return;
    document.getElementById(dialog.id)?.remove();
    dialog.open = false;
    document.body.append(dialog);
    opener = link;
    dialog.showModal();
  } catch {
    location = link.href;
  }
}

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at("[data-copy]")) copy(at("[data-copy]"));
  if (at("[data-set-theme]")) setTheme(at("[data-set-theme]").dataset.setTheme);
  if (at("[data-dismiss]")) at(".flash").remove();
  if (at("[data-dialog]") && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    fetchDialog(at("[data-dialog]"));
  }
  const invoker = at("[commandfor]");
  if (invoker?.getAttribute("command") === "show-modal") opener = invoker;
  if (invoker && !("commandForElement" in HTMLButtonElement.prototype)) {
    const dialog = document.getElementById(invoker.getAttribute("commandfor"));
    invoker.getAttribute("command") === "close" ? dialog.close() : dialog.showModal();
  }
});

// A second click while the answer is on its way must not create a second key.
document.addEventListener("submit", (event) => {
  if (Date.now() - event.target.dataset.sent < 3000) event.preventDefault();
  event.target.dataset.sent = Date.now();
});

for (const dialog of all("dialog[open]")) { dialog.close(); dialog.showModal(); }
document.querySelector("[aria-invalid=true]")?.focus();
for (const shown of all("[data-hide-after]"))
  setTimeout(() => {
    shown.nextElementSibling.hidden = false;
    shown.remove();
    say("The key is hidden again");
  }, shown.dataset.hideAfter * 1000);
showTheme();
