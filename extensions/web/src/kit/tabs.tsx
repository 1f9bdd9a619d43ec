/**
 * Tabs: Tabs, Tab. A tab drawn from a remote tree is not an element its parent can read, so each Tab
 * tells Tabs its title when it appears.
 */
import {
  createContext,
  type KeyboardEvent,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useState,
} from 'react';
import type { WithChildren } from './props.ts';

type TabId = string | number;
interface TabInfo {
  readonly id: TabId;
  readonly title: string;
  readonly disabled: boolean;
}
interface TabsState {
  readonly group: string;
  readonly selected: TabId | undefined;
  readonly announce: (tab: TabInfo) => () => void;
}
const TabsContext = createContext<TabsState | null>(null);

interface TabsProps extends WithChildren {
  readonly defaultSelected?: TabId;
  readonly selected?: TabId;
  readonly variant?: string;
  readonly onSelectedChange?: (id: TabId) => void;
}

export function Tabs({
  defaultSelected,
  selected,
  variant = 'default',
  onSelectedChange,
  children,
  testId,
}: TabsProps) {
  const group = useId();
  const [tabs, setTabs] = useState<readonly TabInfo[]>([]);
  const [own, setOwn] = useState<TabId | undefined>(defaultSelected);
  const current = selected ?? own ?? tabs[0]?.id;
  const announce = useCallback((tab: TabInfo) => {
    setTabs((known) => [...known.filter(({ id }) => id !== tab.id), tab]);
    return () => setTabs((known) => known.filter(({ id }) => id !== tab.id));
  }, []);
  const state = useMemo(() => ({ group, selected: current, announce }), [group, current, announce]);
  const choose = (id: TabId) => {
    setOwn(id);
    onSelectedChange?.(id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const usable = tabs.filter(({ disabled }) => !disabled);
    const at = usable.findIndex(({ id }) => id === current);
    const next = usable[(at + step + usable.length) % usable.length];
    if (next === undefined) return;
    choose(next.id);
    document.getElementById(`${group}-${next.id}`)?.focus();
  };
  return (
    <div className={`uie-tabs uie-tabs--${variant}`} data-testid={testId}>
      <div className="uie-tabs__list" role="tablist" onKeyDown={onKeyDown}>
        {tabs.map(({ id, title, disabled }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${group}-${id}`}
            className="uie-tabs__tab"
            aria-selected={id === current}
            aria-controls={id === current ? `${group}-${id}-panel` : undefined}
            tabIndex={id === current ? 0 : -1}
            disabled={disabled}
            onClick={() => choose(id)}
          >
            {title}
          </button>
        ))}
      </div>
      <TabsContext.Provider value={state}>{children}</TabsContext.Provider>
    </div>
  );
}

interface TabProps extends WithChildren {
  readonly tabId?: TabId;
  readonly title?: string;
  readonly disabled?: boolean;
}

export function Tab({ tabId, title = '', disabled = false, children }: TabProps) {
  const tabs = useContext(TabsContext);
  const id = tabId ?? title;
  const announce = tabs?.announce;
  useEffect(() => announce?.({ id, title, disabled }), [announce, id, title, disabled]);
  if (tabs?.selected !== id) return null;
  return (
    <div role="tabpanel" id={`${tabs.group}-${id}-panel`} aria-labelledby={`${tabs.group}-${id}`}>
      {children}
    </div>
  );
}
