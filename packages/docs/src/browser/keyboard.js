// What Redoc leaves to the mouse: the items of its menus, its search field, and its menu on a phone.
const find = (selector) => [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
const search = () => find('[data-testid="search-trigger"]');
const phoneMenu = () => find('[data-testid="floating-button"]');

/** Returns whether the key has done its work. */
function press(event) {
  const isPress = event.key === "Enter" || event.key === " ";
  const button = find('[aria-haspopup="menu"][aria-expanded="true"]');
  if (button) return pressInMenu(event, button);
  if (isPress && event.target === search()) {
    search().firstElementChild.click();
    return true;
  }
  // Once the menu is there.
  if (isPress && event.target === phoneMenu()) setTimeout(() => find(".menu-content a")?.focus(), 50);
  if (event.key === "Escape" && event.target !== document.body) {
    if (phoneMenu()?.ariaExpanded === "true") phoneMenu().click();
    // Once what was open is gone, and the focus with it.
    setTimeout(() => document.activeElement === document.body && (phoneMenu() ?? search())?.focus(), 50);
  }
  return false;
}

function pressInMenu(event, button) {
  const items = [...document.querySelectorAll('[role="menuitem"]')].filter((item) => item.checkVisibility());
  const at = items.indexOf(document.activeElement);
  if (event.key === "ArrowDown") items[(at + 1) % items.length]?.focus();
  else if (event.key === "ArrowUp") items.at(at > 0 ? at - 1 : -1)?.focus();
  else if (event.key === "Escape" || event.key === "Tab") button.click();
  else if (at >= 0 && (event.key === "Enter" || event.key === " ")) items[at].click();
  else return false;
  if (!event.key.startsWith("Arrow")) button.focus();
  return event.key !== "Tab";
}

document.addEventListener(
  "keydown",
  (event) => {
    if (!press(event)) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
