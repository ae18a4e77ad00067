// Shows the API of all services, or of the chosen one, in Swagger UI.

const dark = matchMedia("(prefers-color-scheme: dark)");
const followTheme = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followTheme);
followTheme();

/** Turns off links on paths, because they would be inside of buttons, and the choice of a server, because there is one only. */
const withoutUnneeded = ({ React }) => ({
  components: {
    DeepLink: ({ text }) => React.createElement("span", null, text),
    ServersContainer: () => null,
  },
});

/** A new address for the examples of each visit, so that the example of a registration never gets email-taken. */
const address = `ada-${Date.now().toString(36)}@example.com`;
const withOwnAddress = (response) => {
  if (response.url.includes("/openapi.json")) {
    response.text = response.text.replaceAll("ada@example.com", address);
  }
  return response;
};

const service = document.getElementById("service");
const ui = SwaggerUIBundle({
  dom_id: "#api",
  url: service.value,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  syntaxHighlight: { theme: "tomorrow-night" },
  plugins: [withoutUnneeded],
  responseInterceptor: withOwnAddress,
});
service.addEventListener("change", () => {
  ui.specActions.updateUrl(service.value);
  ui.specActions.download(service.value);
});

/** Names the fields that Swagger UI leaves without a label, and makes code blocks reachable by keyboard. */
const api = document.getElementById("api");
new MutationObserver(() => {
  for (const field of api.querySelectorAll("select:not([aria-label]), textarea:not([aria-label])")) {
    field.setAttribute("aria-label", nameOf(field));
  }
  for (const code of api.querySelectorAll("pre.microlight:not([tabindex])")) {
    code.tabIndex = 0;
  }
}).observe(api, { childList: true, subtree: true });

function nameOf(field) {
  const parameter = field.closest("[data-param-name]");
  if (parameter) {
    return parameter.dataset.paramName;
  }
  return field.matches("textarea") ? "Body" : field.matches(".examples-select-element") ? "Example" : "Media type";
}
