import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from '../redactor.ts';
import { createToPlainJson } from '../to-plain-json.ts';

const { redact, redactField } = createRedactor();
const plain = (value: unknown) => createToPlainJson(redact, { redactField })(value).value;
const quoted = JSON.stringify;

describe('the value that a name in the text gives away', () => {
  it.each([
    ['Cookie: session=abc; theme=dark', `Cookie: ${REDACTED}`],
    ['set-cookie: sid=s%3Aab.cd; Path=/; HttpOnly\nHost: x', `set-cookie: ${REDACTED}\nHost: x`],
    ["curl -H 'Cookie: a=b' https://x", `curl -H 'Cookie: ${REDACTED}' https://x`],
    [quoted({ cookie: 'a=b; c=d', host: 'x' }), quoted({ cookie: REDACTED, host: 'x' })],
    ['document.cookie = "a=b"', `document.cookie = "${REDACTED}"`],
    ['Authorization: Token abc123def', `Authorization: ${REDACTED}`],
    ['proxy-authorization: xyz-123-abc', `proxy-authorization: ${REDACTED}`],
    ['X-Api-Key: 0a1b2c3d\r\nAccept: */*', `X-Api-Key: ${REDACTED}\r\nAccept: */*`],
    ['{"password":"letmein","user":"bob"}', `{"password":"${REDACTED}","user":"bob"}`],
    ['{"password": "with \\"quotes\\" in it", "a": 1}', `{"password": "${REDACTED}", "a": 1}`],
    [quoted(quoted({ api_key: 'my key' })), quoted(quoted({ api_key: REDACTED }))],
    ['"password": "$ecret%words"', `"password": "${REDACTED}"`],
    ["{'db_password': 'hunter2'}", `{'db_password': '${REDACTED}'}`],
    ['const apiKey = `abc`', `const apiKey = \`${REDACTED}\``],
    ['"client_secret": "cut off in the midd', `"client_secret": "${REDACTED}`],
    ['PGPASSWORD=hunter2 psql', `PGPASSWORD=${REDACTED} psql`],
    ['OPENAI_API_KEY=abc123 node x', `OPENAI_API_KEY=${REDACTED} node x`],
    ['Your API key: abc-123-def.', `Your API key: ${REDACTED}`],
    ['https://x.test/v1?key=abcd1234&q=1', `https://x.test/v1?key=${REDACTED}&q=1`],
    ['https://x.test/?q=1&access_token=letters#top', `https://x.test/?q=1&access_token=${REDACTED}#top`],
    ['https://a.blob.test/c?sv=2022&sig=aB%2F1cD%3D', `https://a.blob.test/c?sv=2022&sig=${REDACTED}`],
    ['?X-Amz-Signature=0123abcdef&x=1', `?X-Amz-Signature=${REDACTED}&x=1`],
    ['Server=db;User Id=sa;Password=letmein;', `Server=db;User Id=sa;Password=${REDACTED};`],
    ['AccountName=a;AccountKey=ab+/1==;Endpoint=x', `AccountName=a;AccountKey=${REDACTED};Endpoint=x`],
    ['jdbc:mysql://h/db?user=u&password=p', `jdbc:mysql://h/db?user=u&password=${REDACTED}`],
  ])('is scrubbed: %s', (text, clean) => {
    expect(redact(text)).toBe(clean);
    // Scrubbing what is clean changes nothing: a request is compared with its record that way.
    expect(redact(clean)).toBe(clean);
  });

  it.each([
    'password = getpass.getpass()',
    'api_key = os.environ["OPENAI_API_KEY"]',
    'Authorization: Bearer $TOKEN',
    'headers = {"Authorization": f"Bearer {api_key}"}',
    '{"password": "<your password>"}, {"password": "{{ password }}"}, {"password": "%s"}',
    'The password: it must be long. Your password is secret, the token: a word.',
    'Cookie: a small sweet biscuit. cookie = SimpleCookie()',
    'logprobs: {"token": " hello", "max_tokens": 100}',
    '{"type": "password", "required": ["username", "password"]}',
    'https://example.com/search?key=python&q=api+key&page_token=abc',
    'primary_key=user_id, foreign_key: order_id, key: value1',
    'if (password == null) return; let secret: string; token=next_token',
    'cat passwd: no such file',
  ])('is left alone where it is none: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('the value under a field whose name says that it is a credential', () => {
  it.each([
    'authorization',
    'Proxy-Authorization',
    'x-api-key',
    'X-Goog-Api-Key',
    'api-key',
    'Ocp-Apim-Subscription-Key',
    'x-auth-token',
    'api_key',
    'apiKey',
    'OPENAI_API_KEY',
    'password',
    'dbPassword',
    'client_secret',
    'aws_secret_access_key',
    'refresh_token',
    'privateKey',
    'connectionString',
  ])('is scrubbed, whatever it looks like: %s', (name) => {
    expect(plain({ [name]: 'plain words', list: [{ [name]: ['one', 'two'] }] })).toEqual({
      [name]: REDACTED,
      list: [{ [name]: [REDACTED, REDACTED] }],
    });
    expect(plain({ [name]: 12345678 })).toEqual({ [name]: REDACTED });
    expect(plain(new Map([[name, 'x']]))).toEqual({ [name]: REDACTED });
  });

  it('is scrubbed under cookie and token if it looks like one', () => {
    expect(plain({ cookie: 'a=b', 'set-cookie': ['c=d; Path=/', 'e=f'], token: 'a1b2c3d4e5f6a7b8' })).toEqual(
      {
        cookie: REDACTED,
        'set-cookie': [REDACTED, REDACTED],
        token: REDACTED,
      },
    );
  });

  it.each([
    { cookie: 'oatmeal', token: ' hello', secret: 'they never met', auth: true },
    { properties: { password: { type: 'string', description: 'of the user' } }, required: ['password'] },
    { max_tokens: 100, seed: 12345678, api_key: '', password: null, has_password: true },
    { key: 'a1b2c3d4e5f6a7b8c9', public_key: 'a1b2c3d4e5f6a7b8', tokens: ['a1b2c3d4e5f6a7b8'] },
  ])('is left alone where it is none: %j', (value) => {
    expect(plain(value)).toEqual(value);
  });
});
