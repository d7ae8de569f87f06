interface TabsProps<Id extends string> {
  /** What the choice is about, for those who do not see it. */
  label: string;
  tabs: readonly (readonly [id: Id, title: string])[];
  chosen: Id;
  /** The id of the element that shows what is chosen. */
  panel: string;
  choose: (id: Id) => void;
}

/** The id of the tab that names a panel. */
export function tabId(panel: string, id: string): string {
  return `${panel}-tab-${id}`;
}

/** A choice of views: one stop for the Tab key, arrows go through it. */
export function Tabs<Id extends string>({ label, tabs, chosen, panel, choose }: TabsProps<Id>) {
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(([id]) => id === chosen);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const [id] = tabs[(next + tabs.length) % tabs.length] ?? [];
    if (id === undefined) return;
    choose(id);
    document.getElementById(tabId(panel, id))?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label}>
      {tabs.map(([id, title]) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={tabId(panel, id)}
          aria-selected={chosen === id}
          aria-controls={panel}
          tabIndex={chosen === id ? 0 : -1}
          onClick={() => choose(id)}
          onKeyDown={onKeyDown}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
