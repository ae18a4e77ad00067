// The account page. The refresh token is in a cookie that scripts cannot read; the access token is kept until the page is closed.

/** The key of an item that is stored while there is a session: without it the page does not request an access token. */
const LOGGED_IN = "herald account";
const LOGIN = "POST /api/auth/login";
const REFRESH = "POST /api/auth/refresh";
const LOGOUT = "POST /api/auth/logout";

let accessToken;

for (const form of document.querySelectorAll("form[data-call]")) {
  form.addEventListener("submit", async (submission) => {
    submission.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    await act(form.dataset.call, Object.fromEntries(new FormData(form)), form.dataset.done);
    button.disabled = false;
  });
}
if (localStorage.getItem(LOGGED_IN)) {
  await refresh();
}
await show();

/** Makes a call, shows its result, and updates the page. */
async function act(call, body, done) {
  try {
    const response = await send(call, Object.keys(body).length ? body : undefined);
    if (response.ok) {
      if (call === LOGIN) {
        keep(response.body.accessToken);
      } else if (call === LOGOUT) {
        keep(undefined);
      }
      await show();
    }
    progress(response.ok ? done : reason(response.body));
  } catch (failure) {
    progress(`Herald cannot be reached: ${failure.message}`);
  }
}

/** Replaces an access token that has expired, and sends the request again. */
async function send(call, body) {
  const response = await request(call, body);
  if (response.status !== 401 || !accessToken || call === LOGIN) {
    return response;
  }
  await refresh();
  return accessToken ? request(call, body) : response;
}

/** Gets a new access token. Only 401 means that the session has ended; after another failure it goes on. */
async function refresh() {
  const response = await request(REFRESH);
  if (response.ok) {
    keep(response.body.accessToken);
  } else if (response.status === 401) {
    keep(undefined);
  }
}

async function request(call, body) {
  const [method, path] = call.split(" ");
  const headers = {
    ...(body && { "content-type": "application/json" }),
    ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    ...([LOGIN, REFRESH, LOGOUT].includes(call) && { "x-herald-token-transport": "cookie" }),
  };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  const json = text && JSON.parse(text);
  record(call, body, response, json);
  return { ok: response.ok, status: response.status, body: json };
}

function keep(token) {
  accessToken = token;
  if (token) {
    localStorage.setItem(LOGGED_IN, "yes");
  } else {
    localStorage.removeItem(LOGGED_IN);
  }
}

async function show() {
  const me = accessToken && (await send("GET /api/users/me"));
  const sessions = accessToken && (await send("GET /api/users/me/sessions"));
  document.getElementById("logged-out").hidden = Boolean(me?.ok);
  document.getElementById("logged-in").hidden = !me?.ok;
  if (!me?.ok) {
    return;
  }
  const { name, email, emailVerified, pendingEmail } = me.body;
  const pending = pendingEmail ? ` It changes to ${pendingEmail} when the link in the email is used.` : "";
  document.getElementById("address").textContent =
    `${name}, ${email}, ${emailVerified ? "is verified." : "is not verified yet."}${pending}`;
  document.getElementById("verification").hidden = emailVerified;
  document.getElementById("sessions").replaceChildren(...(sessions.ok ? sessions.body.items : []).map(row));
}

function row({ id, lastUsedAt, userAgent, network, current }) {
  const row = document.createElement("tr");
  for (const text of [new Date(lastUsedAt).toLocaleString(), userAgent ?? "unknown", network ?? "unknown"]) {
    row.insertCell().textContent = text;
  }
  const end = row.insertCell();
  if (current) {
    end.textContent = "this session";
    return row;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "End";
  button.setAttribute("aria-label", `End the session of ${userAgent ?? "an unknown program"}`);
  button.addEventListener("click", () => act(`DELETE /api/users/me/sessions/${id}`, {}, "The session has ended."));
  end.append(button);
  return row;
}

function reason({ title, detail, errors = [] }) {
  return errors.length ? errors.map(({ field, message }) => `${field} ${message}`).join(", ") : `${title}: ${detail}`;
}

/** Adds a request and its response to the list, without passwords and tokens. */
function record(call, body, response, answer) {
  const step = document.createElement("li");
  const title = document.createElement("h3");
  title.textContent = `${call}: ${response.status}`;
  const content = document.createElement("pre");
  content.tabIndex = 0;
  content.textContent = [body, answer]
    .filter(Boolean)
    .map((json) => JSON.stringify(json, (name, value) => (/password|token$/i.test(name) ? "…" : value), 2))
    .join("\n\n");
  step.append(title, content);
  document.getElementById("steps").prepend(step);
}

function progress(sentence) {
  document.getElementById("progress").textContent = sentence;
}
