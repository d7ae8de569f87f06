import { expect, it } from 'vitest';
import { azureBaseURL } from './azure-base-url.ts';

it('is that of the API without dates, or that of a deployment', () => {
  expect(azureBaseURL({ resource: 'my-res' })).toBe('https://my-res.openai.azure.com/openai/v1');
  expect(azureBaseURL({ resource: 'r', deployment: 'gpt 5', apiVersion: '2024-10-21' })).toBe(
    'https://r.openai.azure.com/openai/deployments/gpt%205?api-version=2024-10-21',
  );
});

it.each(['', 'evil.test/', 'a.b', 'a@b', '-a', 'x'.repeat(65)])(
  'does not take %j for a resource',
  (resource) => {
    expect(() => azureBaseURL({ resource })).toThrow(RangeError);
  },
);

it('wants both, deployment and version, or neither', () => {
  expect(() => azureBaseURL({ resource: 'r', deployment: 'd' })).toThrow(/needs both/);
  expect(() => azureBaseURL({ resource: 'r', apiVersion: '2024-10-21' })).toThrow(/needs both/);
});
