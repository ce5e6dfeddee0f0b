// The description of the API, to be tried out with a credential that this page forgets when it is closed.
const docs = document.getElementById("docs");
const dark = matchMedia("(prefers-color-scheme: dark)");

function paint() {
  const { theme } = document.documentElement.dataset;
  document.documentElement.classList.toggle("dark-mode", theme ? theme === "dark" : dark.matches);
}

paint();
dark.addEventListener("change", paint);

SwaggerUIBundle({
  url: docs.dataset.schema,
  domNode: docs,
  deepLinking: true,
  filter: true,
  displayOperationId: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null, // the validator is somebody else's server
});
