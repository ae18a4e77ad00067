// Writes src/events.ts: the types of the events, from /asyncapi.json.
import { writeFile } from "node:fs/promises";
import openapi, { astToString } from "openapi-typescript";

const url = `${process.env["HERALD_URL"] ?? "http://localhost:8080"}/asyncapi.json`;
const response = await fetch(url);
if (!response.ok) {
  throw new Error(`${url} answers ${response.status}`);
}
const { info, components } = await response.json();
const schemas = { ...components.schemas };
for (const [type, message] of Object.entries(components.messages)) {
  schemas[type] = { ...message.payload, description: message.description };
}
const types = await openapi({ openapi: "3.1.0", info, paths: {}, components: { schemas } });
await writeFile("src/events.ts", astToString(types));
