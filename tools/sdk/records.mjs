/** Records of a sheet, and the sheet's own views of them. */
import assert from "node:assert/strict";
import { MISSING, all, is, refused, succeeded } from "./expect.mjs";

const MEMBERS = ["pat", "user", "pair"];
const FIELDS = [
  { key: "name", type: "string", label: "Name", constraints: [{ type: "required" }] },
  { key: "age", type: "number" },
  { key: "boss", type: "reference", config: { ref: "people", key: "name", relationship: "has-one" } },
];

/** A sheet of its own, with two good records and a bad one. */
async function people({ api, environmentId }) {
  const { data: space } = await api.pat.spaces.create({ name: "Records", environmentId });
  const sheets = [{ name: "People", slug: "people", fields: FIELDS }];
  const { data: workbook } = await api.pat.workbooks.create({ name: "Book", spaceId: space.id, sheets });
  const { id } = workbook.sheets[0];
  const given = [
    { name: { value: "Ann" }, age: { value: 40 } },
    { name: { value: "Bob" }, age: { value: 30 }, boss: { value: "Ann" } },
    { name: { value: "Cy" }, age: { value: "old" } },
  ];
  const { data } = await api.secret.records.insert(id, given);
  return { id, records: all("Record", data.records, { atLeast: 3 }) };
}

const names = ({ data }) => data.records.map((record) => record.values.name.value);

export const records = {
  async insert(t) {
    const { api } = t;
    const { id } = await people(t);
    for (const who of [...MEMBERS, "secret"]) {
      for (const options of [{}, { compressRequestBody: true }]) {
        const { data } = await api[who].records.insert(id, [{ name: { value: `Of ${who}` } }], options);
        assert.equal(data.success, true);
        assert.equal(all("Record", data.records)[0].values.name.value, `Of ${who}`);
      }
    }
    await refused(400, () => api.pat.records.insert(id, [{ nothing: { value: 1 } }]), { code: "unknown_field" });
    await refused(404, () => api.stranger.records.insert(id, [{ name: { value: "x" } }]));
    await refused(403, () => api.publishable.records.insert(id, [{ name: { value: "x" } }]), { typed: false });
  },

  async get(t) {
    const { api } = t;
    const { id, records: made } = await people(t);
    for (const who of [...MEMBERS, "secret"]) {
      const { data } = await api[who].records.get(id, { includeCounts: true, includeMessages: true });
      assert.deepEqual(data.counts, { total: 3, valid: 2, error: 1 });
      assert.deepEqual(data.records, made);
    }
    const get = async (query) => names(await api.pat.records.get(id, query));
    assert.deepEqual(await get({ pageSize: 2, pageNumber: 2 }), ["Cy"]);
    assert.deepEqual(await get({ filter: "error", filterField: "age" }), ["Cy"]);
    assert.deepEqual(await get({ searchValue: "b", searchField: "name" }), ["Bob"]);
    assert.deepEqual(await get({ sortField: "age", sortDirection: "desc" }), ["Ann", "Bob", "Cy"]);
    assert.deepEqual(await get({ ids: [made[0].id, made[2].id] }), ["Ann", "Cy"]);
    const { data } = await api.pat.records.get(id, { includeLinks: true, fields: ["name", "boss"] });
    assert.deepEqual(data.records[1].values.boss.links.map((one) => one.id), [made[0].id]);
    assert.equal(data.records[1].values.age, undefined);
    await refused(400, () => api.pat.records.get(id, { q: "age gt 5" }), { code: "no_queries" });
    await refused(404, () => api.stranger.records.get(id));
  },

  async update(t) {
    const { api } = t;
    const { id, records: made } = await people(t);
    for (const who of [...MEMBERS, "secret"]) {
      const { data } = await api[who].records.update(id, [{ id: made[2].id, values: { age: { value: 20 } } }]);
      assert.match(data.versionId, /^us_evt_/);
    }
    const { data } = await api.pat.records.get(id, { includeCounts: true });
    assert.equal(data.counts.error, 0);
    assert.equal(data.records[2].values.name.value, "Cy");
    await api.pat.records.update(id, data.records);
    const gone = { id: `us_rc_${MISSING}`, values: {} };
    await refused(404, () => api.pat.records.update(id, [gone]));
  },

  async delete(t) {
    const { api } = t;
    const { id, records: made } = await people(t);
    succeeded(await api.secret.records.delete(id, { ids: made[0].id }));
    for (const who of MEMBERS) succeeded(await api[who].records.delete(id, { ids: made.map((one) => one.id) }));
    assert.deepEqual((await api.pat.records.get(id)).data.records, []);
  },
};

export const sheets = {
  async getRecordCounts(t) {
    const { api } = t;
    const { id } = await people(t);
    const { data } = await api.secret.sheets.getRecordCounts(id, { filter: "error" });
    assert.deepEqual(data, { success: true, counts: { total: 1, valid: 0, error: 1 } });
  },

  async getCellValues(t) {
    const { api } = t;
    const { id } = await people(t);
    const { data } = await api.secret.sheets.getCellValues(id, { distinct: true, fieldKey: "age", includeCounts: true });
    assert.deepEqual(data.age.map((cell) => cell.value), [30, 40, "old"]);
    assert.deepEqual(data.age[2].counts, { total: 1, valid: 0, error: 1 });
  },

  async getRecordsAsCsv(t) {
    const { api } = t;
    const { id } = await people(t);
    const parts = [];
    for await (const part of await api.secret.sheets.getRecordsAsCsv(id)) parts.push(Buffer.from(part));
    assert.equal(Buffer.concat(parts).toString(), "Name,age,boss\r\nAnn,40,\r\nBob,30,Ann\r\nCy,old,\r\n");
    // Of what it reads as a stream the SDK keeps no more of a refusal than its status.
    await assert.rejects(() => api.stranger.sheets.getRecordsAsCsv(id), (error) => error.statusCode === 404);
  },
};
