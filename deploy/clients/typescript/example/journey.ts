import { herald, HeraldProblem, orThrow, type Schemas } from "@herald/client";

const api = herald(process.env["HERALD_URL"] ?? "http://localhost:8080");
const email = `ada+${Date.now()}@example.com`;
const password = "correct horse 42";

// Register. If no answer arrives, repeat the request with the same key: it creates the user only once.
const ada = await orThrow(
  api.POST("/api/users", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: { name: "Ada Lovelace", email, password },
  }),
);
console.log(`${ada.name} is ${ada.id}`);

// Log in. Every later call sends the access token, which the client refreshes when it has expired.
await api.logIn(email, password);

// Write three posts.
for (const title of ["One", "Two", "Three"]) {
  const post = await orThrow(api.POST("/api/posts", { body: { title, content: "On the engine", published: true } }));
  console.log(`wrote "${post.title}" as ${post.author.name}`);
}

// Read the posts page by page, newest first, until there is no cursor.
const mine: Schemas["Post"][] = [];
let cursor: string | undefined;
do {
  const query = { authorId: ada.id, limit: 2, ...(cursor && { cursor }) };
  const page = await orThrow(api.GET("/api/posts", { params: { query } }));
  mine.push(...page.items);
  cursor = page.nextCursor;
} while (cursor);
console.log(`read ${mine.map((post) => post.title).join(", ")}`);

// A problem names the error by a stable code.
await orThrow(api.POST("/api/users", { body: { name: "Eve", email, password } })).catch((failure: HeraldProblem) =>
  console.log(`${failure.code}: ${failure.message}`),
);
await api.logOut();
