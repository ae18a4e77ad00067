// Swagger UI on the description of all services, or of the one that is chosen.

const dark = matchMedia("(prefers-color-scheme: dark)");
const followTheme = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followTheme);
followTheme();

const service = document.getElementById("service");
const ui = SwaggerUIBundle({
  dom_id: "#api",
  url: service.value,
  deepLinking: true,
  filter: true,
  defaultModelsExpandDepth: 0,
});
service.addEventListener("change", () => {
  ui.specActions.updateUrl(service.value);
  ui.specActions.download(service.value);
});
