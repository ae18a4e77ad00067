// Writes src/api.ts: the types of the API, from /openapi.json, with the problem codes of each operation.
import { writeFile } from "node:fs/promises";
import openapi, { astToString } from "openapi-typescript";

const url = `${process.env["HERALD_URL"] ?? "http://localhost:8080"}/openapi.json`;
const response = await fetch(url);
if (!response.ok) {
  throw new Error(`${url} answers ${response.status}`);
}
const description = await response.json();
const codes = new Set();
const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
const responses = operations.flatMap((operation) => Object.values(operation.responses ?? {}));
for (const { content } of [...responses, ...Object.values(description.components.responses)]) {
  const problem = content?.["application/problem+json"];
  if (problem) {
    const own = Object.keys(problem.examples);
    own.forEach((code) => codes.add(code));
    problem.schema = { allOf: [problem.schema, { required: ["code"], properties: { code: { enum: own } } }] };
  }
}
description.components.schemas.Problem.properties.code.enum = [...codes].sort();
await writeFile("src/api.ts", astToString(await openapi(description)));
