import { useEffect, useState } from 'preact/hooks';
import type { PageTheme } from '../../page-data/page-data.ts';

/** The colours in use and a switch between light and dark. */
export interface Theme {
  isDark: boolean;
  toggle: () => void;
}

export function useTheme(initial: PageTheme): Theme {
  const [theme, setTheme] = useState(initial);
  const [systemIsDark, setSystemIsDark] = useState(() => darkQuery().matches);
  useEffect(() => {
    const query = darkQuery();
    const read = () => setSystemIsDark(query.matches);
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  const isDark = theme === 'auto' ? systemIsDark : theme === 'dark';
  // While rendering, so that whoever reads a colour in an effect reads the new one.
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  return { isDark, toggle: () => setTheme(isDark ? 'light' : 'dark') };
}

function darkQuery(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}
