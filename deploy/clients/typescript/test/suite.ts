import { herald, orThrow } from "@herald/client";

/** Of a running suite; empty if there is none. */
export const url = process.env["HERALD_URL"] ?? "";

/** Why a test on the suite is skipped. */
export const skip = url ? false : "HERALD_URL names no running suite";

export async function registered(): Promise<{ email: string; password: string }> {
  const credentials = { email: `${crypto.randomUUID()}@example.com`, password: "correct horse 42" };
  await orThrow(herald(url).POST("/api/users", { body: { name: "Ada", ...credentials } }));
  return credentials;
}
