import { useEffect, useState } from 'preact/hooks';
import type { PageTheme } from '../../html/page-data.ts';

/** The colours in use and a switch between light and dark. */
export function useTheme(initial: PageTheme): { isDark: boolean; toggle: () => void } {
  const [theme, setTheme] = useState(initial);
  const [systemIsDark, setSystemIsDark] = useState(() => darkQuery().matches);
  useEffect(() => {
    const query = darkQuery();
    const read = () => setSystemIsDark(query.matches);
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  const isDark = theme === 'auto' ? systemIsDark : theme === 'dark';
  return { isDark, toggle: () => setTheme(isDark ? 'light' : 'dark') };
}

function darkQuery(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}
