// Updates the console every 2 s, unless the tab is hidden or an element of it has the focus. The console works without this script.

const PAUSE = 2000;

const live = document.getElementById("live");
const choice = document.getElementById("refresh");
choice.hidden = false;

setInterval(async () => {
  if (document.hidden || live.contains(document.activeElement) || !choice.querySelector("input").checked) {
    return;
  }
  const response = await fetch("/console").catch(() => null);
  if (response?.ok) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    live.replaceChildren(...page.getElementById("live").childNodes);
  }
}, PAUSE);
