// Swagger UI on the description of all services, or of the one that is chosen.

const dark = matchMedia("(prefers-color-scheme: dark)");
const followTheme = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followTheme);
followTheme();

/** Paths would be links inside of buttons; and there is one server, this one. */
const withoutWhatDisturbs = ({ React }) => ({
  components: {
    DeepLink: ({ text }) => React.createElement("span", null, text),
    ServersContainer: () => null,
  },
});

/** An address of one's own in the examples: registering as shown works at every visit. */
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
  plugins: [withoutWhatDisturbs],
  responseInterceptor: withOwnAddress,
});
service.addEventListener("change", () => {
  ui.specActions.updateUrl(service.value);
  ui.specActions.download(service.value);
});

/** What Swagger UI leaves without a name, or out of the keyboard's reach. */
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
