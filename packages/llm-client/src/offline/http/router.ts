import { ApiError } from '../api-error.ts';

/** What a request is for. */
export type Route =
  | { type: 'about'; pattern: 'GET /' }
  | { type: 'models'; pattern: 'GET /v1/models' }
  | { type: 'model'; pattern: 'GET /v1/models/{id}'; id: string }
  | { type: 'chat'; pattern: 'POST /v1/chat/completions' }
  | { type: 'responses'; pattern: 'POST /v1/responses' }
  | { type: 'embeddings'; pattern: 'POST /v1/embeddings' };

/** Finds the route. Throws a 404 for a path nobody serves, a 405 with `Allow` for the wrong method. */
export function findRoute(method: string, url: string): Route {
  const path = (url.split('?', 1)[0] ?? '').replace(/(?<=.)\/+$/, '');
  const route = matchPath(path);
  if (route === undefined) {
    throw new ApiError(
      404,
      `Unknown request URL: ${method} ${path}. This is an offline stand-in; see GET /.`,
      {
        code: 'unknown_url',
      },
    );
  }
  const allowed = route.pattern.startsWith('POST') ? ['POST'] : ['GET', 'HEAD'];
  if (!allowed.includes(method)) {
    throw new ApiError(405, `Not allowed to ${method} on ${path}. Use ${allowed.join(' or ')}.`, {
      code: 'method_not_supported',
      headers: { allow: allowed.join(', ') },
    });
  }
  return route;
}

function matchPath(path: string): Route | undefined {
  if (path === '/' || path === '' || path === '/v1') return { type: 'about', pattern: 'GET /' };
  if (path === '/v1/chat/completions') return { type: 'chat', pattern: 'POST /v1/chat/completions' };
  if (path === '/v1/responses') return { type: 'responses', pattern: 'POST /v1/responses' };
  if (path === '/v1/embeddings') return { type: 'embeddings', pattern: 'POST /v1/embeddings' };
  if (path === '/v1/models') return { type: 'models', pattern: 'GET /v1/models' };
  if (!path.startsWith('/v1/models/')) return undefined;
  try {
    const id = decodeURIComponent(path.slice('/v1/models/'.length));
    return { type: 'model', pattern: 'GET /v1/models/{id}', id };
  } catch {
    return undefined;
  }
}
