import {
  boolData,
  fixedListData,
  float32Data,
  float64Data,
  structData,
  uint8Data,
  utf8Data,
} from './arrow-data.ts';
import type { Chunk, Component } from './chunk.ts';
import { blueprintComponent } from './components.ts';
import type { FileIdentity, FileIds } from './file-ids.ts';
import { GRAPH_ENTITIES } from './graph-chunks.ts';
import { uuidText } from './hex.ts';
import type { Arrow } from './load-arrow.ts';
import type { Scene } from './scene.ts';

/** Calls a second, when somebody presses play. */
const PLAY_FPS = 2;

/** @see https://rerun.io/docs/reference/types/views (container kinds, panel states and columns of the log as the file format numbers them) */
const CONTAINER = { horizontal: 2, vertical: 3 } as const;
const PANEL = { collapsed: 2, expanded: 3 } as const;
const COLUMN = { entityPath: 1, level: 2, body: 3 } as const;

/** How the recording is shown: both graphs side by side, the log below them, and the timeline that counts calls. */
export function blueprintChunks(
  arrow: Arrow,
  ids: FileIds,
  { uuid: nextUuid }: FileIdentity,
  scene: Scene,
): Chunk[] {
  const chunks: Chunk[] = [];
  const add = (entity: string, ...components: Component[]) => {
    const times = [{ name: 'blueprint', type: 'sequence', values: BigInt64Array.of(0n) } as const];
    chunks.push({ id: ids.take(1), entity, rows: [ids.take(1)], times, components });
  };
  const text = (archetype: string, field: string, type: string, ...values: string[]) =>
    blueprintComponent(archetype, field, type, utf8Data(arrow, values));
  const byte = (archetype: string, field: string, type: string, value: number) =>
    blueprintComponent(archetype, field, type, uint8Data(arrow, [value]));
  const flag = (archetype: string, field: string, type: string, value: boolean) =>
    blueprintComponent(archetype, field, type, boolData(arrow, [value]));

  const view = (kind: 'Graph' | 'TextLog', name: string, origin: string) => {
    const path = `view/${uuidText(nextUuid())}`;
    add(
      `/${path}`,
      text('ViewBlueprint', 'class_identifier', 'ViewClass', kind),
      text('ViewBlueprint', 'display_name', 'rerun.components.Name', name),
      text('ViewBlueprint', 'space_origin', 'ViewOrigin', origin),
    );
    add(`/${path}/ViewContents`, text('ViewContents', 'query', 'QueryExpression', '$origin/**'));
    return path;
  };
  const graphView = (name: string, origin: string) => {
    const path = view('Graph', name, origin);
    const range = (to: number) => fixedListData(arrow, 2, float64Data(arrow, [0, to]));
    const bounds = structData(arrow, { x_range: range(scene.width), y_range: range(scene.height) });
    add(`/${path}/VisualBounds2D`, blueprintComponent('VisualBounds2D', 'range', 'VisualBounds2D', bounds));
    return path;
  };
  const container = (
    kind: keyof typeof CONTAINER,
    contents: readonly string[],
    shares: readonly number[],
  ) => {
    const uuid = nextUuid();
    const [field, type] = kind === 'horizontal' ? ['col_shares', 'ColumnShare'] : ['row_shares', 'RowShare'];
    add(
      `/container/${uuidText(uuid)}`,
      blueprintComponent('ContainerBlueprint', field, type, float32Data(arrow, shares)),
      byte('ContainerBlueprint', 'container_kind', 'ContainerKind', CONTAINER[kind]),
      text('ContainerBlueprint', 'contents', 'IncludedContent', ...contents),
    );
    return uuid;
  };

  const graphs = container(
    'horizontal',
    [graphView('Agents', GRAPH_ENTITIES.soFar), graphView('Now', GRAPH_ENTITIES.now)],
    [1, 1],
  );
  const log = view('TextLog', 'Log', '/log');
  add(
    `/${log}/TextLogColumns`,
    blueprintComponent(
      'TextLogColumns',
      'text_log_columns',
      'TextLogColumn',
      structData(arrow, {
        // A path does not fit its column, and each line says whose it is.
        visible: boolData(arrow, [false, true, true]),
        kind: uint8Data(arrow, [COLUMN.entityPath, COLUMN.level, COLUMN.body]),
      }),
    ),
    blueprintComponent(
      'TextLogColumns',
      'timeline_columns',
      'TimelineColumn',
      structData(arrow, {
        visible: boolData(arrow, [true, false]),
        timeline: utf8Data(arrow, ['call', 'time']),
      }),
    ),
  );
  const root = container('vertical', [`container/${uuidText(graphs)}`, log], [3, 2]);
  add(
    '/viewport',
    flag('ViewportBlueprint', 'auto_layout', 'AutoLayout', false),
    flag('ViewportBlueprint', 'auto_views', 'AutoViews', false),
    blueprintComponent(
      'ViewportBlueprint',
      'root_container',
      'RootContainer',
      fixedListData(arrow, 16, uint8Data(arrow, [...root])),
    ),
  );
  add(
    '/time_panel',
    blueprintComponent('TimePanelBlueprint', 'fps', 'Fps', float64Data(arrow, [PLAY_FPS])),
    byte('TimePanelBlueprint', 'state', 'PanelState', PANEL.collapsed),
    text('TimePanelBlueprint', 'timeline', 'TimelineName', 'call'),
  );
  for (const panel of ['/blueprint_panel', '/selection_panel'])
    add(panel, byte('PanelBlueprint', 'state', 'PanelState', PANEL.collapsed));
  return chunks;
}
