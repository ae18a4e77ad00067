// Adds copy buttons to the welcome page, and in the profile local the live form. The page works without this script.

for (const call of document.querySelectorAll(".calls pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-describedby", call.getAttribute("aria-labelledby"));
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(call.textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  call.after(button);
}

const PATIENCE = 60_000;
const PAUSE = 300;

const form = document.getElementById("registration");
if (form) {
  form.email.value = someAddress();
  form.hidden = false;
  form.addEventListener("submit", async (submission) => {
    submission.preventDefault();
    form.querySelector("button").disabled = true;
    try {
      await register(Object.fromEntries(new FormData(form)));
    } catch (failure) {
      progress(`Herald cannot be reached: ${failure.message}`);
    } finally {
      form.querySelector("button").disabled = false;
    }
  });
}

function someAddress() {
  return `ada+${Date.now().toString(36)}@example.com`;
}

async function register(user) {
  document.getElementById("steps").replaceChildren();
  progress("Registering …");
  const began = performance.now();
  const passed = () => `${Math.round(performance.now() - began)} ms`;

  const body = JSON.stringify(user);
  show("Request", `POST /api/users\ncontent-type: application/json\n\n${pretty(body)}`);
  const response = await fetch("/api/users", { method: "POST", headers: { "content-type": "application/json" }, body });
  const answer = await response.text();
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  show(`Response, after ${passed()}`, `${response.status} ${response.statusText}\n${headers}\n\n${pretty(answer)}`);
  if (response.status !== 201) {
    progress("The request was refused: see the response.");
    return;
  }
  form.email.value = someAddress();

  progress("Registered. Waiting for the event and the email …");
  await Promise.all([
    first(`/portal/events/${JSON.parse(answer).id}`).then((event) =>
      show(`Event, seen after ${passed()}`, `${event.topic}, partition ${event.partition}, offset ${event.offset}\n${lines(event.headers)}\n\n${pretty(JSON.stringify(event.payload))}`)),
    first(`/portal/emails/${encodeURIComponent(user.email)}`).then((email) =>
      show(`Email, seen after ${passed()}`, email.source)),
  ]);
  progress(`Done: event and email seen after ${passed()}.`);
}

/** Polls a list until it has an item, and returns the first item. */
async function first(path) {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const response = await fetch(path);
    const [found] = response.ok ? (await response.json()).items : [];
    if (found) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  throw new Error(`nothing at ${path} within ${PATIENCE / 1000} s`);
}

function show(heading, text) {
  const step = document.createElement("li");
  const title = document.createElement("h3");
  title.textContent = heading;
  const content = document.createElement("pre");
  content.tabIndex = 0;
  content.textContent = text;
  step.append(title, content);
  document.getElementById("steps").append(step);
}

function progress(sentence) {
  document.getElementById("progress").textContent = sentence;
}

function lines(pairs) {
  return Object.entries(pairs).map(([name, value]) => `${name}: ${value}`).join("\n");
}

function pretty(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
