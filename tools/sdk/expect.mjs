/** What answers must be like: fields and their types, envelopes, refusals. The SDK itself is lenient; this is not. */
import assert from "node:assert/strict";
import { Flatfile, FlatfileError } from "@flatfile/api";

export const MISSING = "0000000000000000000000";

const TYPES = {
  text: (value) => typeof value === "string" && value !== "",
  any: (value) => typeof value === "string",
  date: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  iso: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  flag: (value) => typeof value === "boolean",
  whole: Number.isInteger,
  list: Array.isArray,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** What the SDK's types require of each object; a `?` marks what may be left out. */
const SHAPES = {
  AccessToken: {
    accessToken: "text", expiresIn: "text", expires: "iso", email: "text", userId: "us_usr_", accountId: "us_acc_",
  },
  ApiKey: {
    id: "us_key_", type: "text", operations: "list", environmentId: "us_env_", accountId: "us_acc_",
    createdAt: "date", "updatedAt?": "date",
  },
  PersonalAccessToken: { id: "us_pat_", name: "text", createdAt: "date", "lastUsedAt?": "date" },
  ApiToken: { clientId: "text", description: "any", metadata: "object", createdAt: "iso" },
  Account: { id: "us_acc_", name: "text", metadata: "object", createdAt: "date", updatedAt: "date" },
  User: {
    id: "us_usr_", email: "text", name: "text", accountId: "us_acc_", idp: "text", metadata: "object",
    createdAt: "date", updatedAt: "date", "lastSeenAt?": "date",
  },
  DataClip: {
    id: "us_clip_", name: "text", sourceSheetId: "us_sh_", clipSheetId: "us_sh_", workbookId: "us_wb_",
    status: "text", createdBy: "text", createdAt: "date", updatedAt: "date",
  },
  Record: { id: "us_rc_", values: "object", valid: "flag", metadata: "object" },
  Role: { id: "us_rol_", name: "text", accountId: "us_acc_", createdAt: "date", updatedAt: "date" },
  ActorRole: {
    id: "us_acr_", roleId: "us_rol_", actorId: "us_usr_", resourceId: "us_", createdAt: "date", updatedAt: "date",
  },
  Environment: {
    id: "us_env_", accountId: "us_acc_", name: "text", isProd: "flag", guestAuthentication: "list",
    features: "object", metadata: "object",
  },
  Secret: { id: "us_sec_", name: "text", value: "text", environmentId: "us_env_" },
  Space: {
    id: "us_sp_", name: "text", environmentId: "us_env_", guestAuthentication: "list",
    createdAt: "date", updatedAt: "date", "archivedAt?": "date",
  },
  Guest: {
    id: "us_g_", environmentId: "us_env_", email: "text", name: "text", spaces: "list",
    createdAt: "date", updatedAt: "date",
  },
  GuestRole: {
    id: "us_acr_", roleId: "us_rol_", actorId: "us_g_", resourceId: "us_", createdAt: "date", updatedAt: "date",
  },
  Event: { id: "us_evt_", topic: "text", domain: "text", context: "object", payload: "object" },
  Pagination: { currentPage: "whole", pageCount: "whole", totalCount: "whole" },
};

/** Check one object against its shape, and return it. A type that ends in an underscore is the prefix of an id. */
export function is(shape, value) {
  assert.ok(TYPES.object(value), `${shape}: not an object but ${JSON.stringify(value)}`);
  for (const [field, type] of Object.entries(SHAPES[shape])) {
    const found = value[field.replace("?", "")];
    if (field.endsWith("?") && found === undefined) continue;
    const good = type.endsWith("_") ? typeof found === "string" && found.startsWith(type) : TYPES[type](found);
    assert.ok(good, `${shape}.${field}: ${JSON.stringify(found)} is not ${type}`);
  }
  return value;
}

/** Check a list of objects, and return it. */
export function all(shape, values, { atLeast = 1 } = {}) {
  assert.ok(Array.isArray(values), `${shape}: not a list but ${JSON.stringify(values)}`);
  assert.ok(values.length >= atLeast, `${shape}: only ${values.length} of ${atLeast}`);
  values.forEach((value) => is(shape, value));
  return values;
}

/** Check a list with its numbered pages. */
export function paged(shape, answer, how) {
  is("Pagination", answer.pagination);
  return all(shape, answer.data, how);
}

export function succeeded(answer) {
  assert.equal(answer.data.success, true);
}

const CLASSES = { 400: Flatfile.BadRequestError, 404: Flatfile.NotFoundError };

/** Check that a call is refused with the status, in the SDK's class for it where the call declares one. */
export async function refused(status, call, { typed = true, code } = {}) {
  const error = await call().then(
    (answer) => assert.fail(`expected a ${status}, got ${JSON.stringify(answer)}`),
    (error) => error,
  );
  assert.ok(error instanceof FlatfileError, `expected a FlatfileError, got ${error.stack}`);
  assert.equal(error.statusCode, status, error.message);
  const Class = typed ? CLASSES[status] : undefined;
  if (Class) assert.ok(error instanceof Class, `${error.constructor.name} for a ${status}`);
  const [first] = error.body.errors;
  assert.ok(TYPES.text(first.message) && TYPES.text(first.code), JSON.stringify(error.body));
  const facts = status === 403 ? ["action", "rule", "reason"] : [];
  for (const fact of facts) assert.ok(TYPES.text(first[fact]), `403 without ${fact}`);
  if (code) assert.equal(first.code, code);
}
