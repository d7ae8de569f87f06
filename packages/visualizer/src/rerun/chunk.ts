import type { Data, Field } from 'apache-arrow';
import { fixedBinaryData, int64Data, listData, timestampData } from './arrow-data.ts';
import type { Arrow } from './load-arrow.ts';
import { type Tuid, tuidAt, tuidColumn, tuidText } from './tuid.ts';

/** Of Rerun's own data format; the oldest that all viewers since 0.24 read without a warning. */
const SORBET_VERSION = '0.1.1';

/** When the rows happened, on one timeline. */
export interface TimeColumn {
  name: string;
  type: 'sequence' | 'timestamp';
  /** Numbers of a sequence, or nanoseconds since 1970. */
  values: BigInt64Array;
}

/** A value of an entity. */
export interface Component {
  /** With its package, such as `rerun.archetypes.GraphNodes`. */
  archetype: string;
  field: string;
  /** With its package, such as `rerun.components.Color`. */
  type: string;
  /** Where each row's list begins, and where the last one ends. */
  offsets: Int32Array;
  items: Data;
}

/** What is known of one entity: rows of components, at times, or once and for all when there are none. */
export interface Chunk {
  /** Its place among the ids of the file. */
  id: number;
  /** Such as `/graph`. */
  entity: string;
  /** The ids of its rows, rising. Of two rows at the same time the one with the higher id wins. */
  rows: readonly number[];
  times: readonly TimeColumn[];
  components: readonly Component[];
}

/**
 * A chunk as a stream of Arrow IPC: a schema, one record batch, the end.
 *
 * @param base what all ids of the file begin with
 */
export function encodeChunk(arrow: Arrow, base: Tuid, chunk: Chunk): Uint8Array {
  const { id, entity, rows, times, components } = chunk;
  const columns: [Field, Data][] = [
    rowIdColumn(arrow, fixedBinaryData(arrow, 16, tuidColumn(base, rows))),
    ...times.map((time) => timeColumn(arrow, time)),
    ...components.map((component) => componentColumn(arrow, component)),
  ];
  const schema = new arrow.Schema(
    columns.map(([field]) => field),
    new Map([
      ['sorbet:version', SORBET_VERSION],
      ['rerun:id', `chunk_${tuidText(tuidAt(base, id))}`],
      ['rerun:entity_path', entity],
    ]),
  );
  const batch = new arrow.RecordBatch(
    schema,
    (arrow.makeData as (props: object) => Data<InstanceType<Arrow['Struct']>>)({
      type: new arrow.Struct(schema.fields),
      length: rows.length,
      nullCount: 0,
      children: columns.map(([, data]) => data),
    }),
  );
  const writer = new arrow.RecordBatchStreamWriter();
  writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
}

function rowIdColumn(arrow: Arrow, data: Data): [Field, Data] {
  const metadata = new Map([
    ['rerun:kind', 'control'],
    ['ARROW:extension:name', 'rerun.datatypes.TUID'],
    ['ARROW:extension:metadata', '{"namespace":"row"}'],
    ['rerun:is_sorted', 'true'],
  ]);
  return [new arrow.Field('rerun.controls.RowId', data.type, false, metadata), data];
}

function timeColumn(arrow: Arrow, { name, type, values }: TimeColumn): [Field, Data] {
  const data = type === 'sequence' ? int64Data(arrow, values) : timestampData(arrow, values);
  const metadata = new Map([
    ['rerun:kind', 'index'],
    ['rerun:index_name', name],
  ]);
  if (isSorted(values)) metadata.set('rerun:is_sorted', 'true');
  return [new arrow.Field(name, data.type, true, metadata), data];
}

function componentColumn(arrow: Arrow, component: Component): [Field, Data] {
  const { archetype, field, type, offsets, items } = component;
  const name = `${archetype.slice(archetype.lastIndexOf('.') + 1)}:${field}`;
  const data = listData(arrow, offsets, items);
  const metadata = new Map([
    ['rerun:kind', 'data'],
    ['rerun:component', name],
    ['rerun:archetype', archetype],
    ['rerun:component_type', type],
  ]);
  return [new arrow.Field(name, data.type, true, metadata), data];
}

function isSorted(values: BigInt64Array): boolean {
  return values.every((value, index) => index === 0 || value >= (values[index - 1] ?? value));
}
