/** Topics in the console: the order of the list, the words shown first, and names the server would take. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkSettings } from '../../../../../src/core/settings.ts';
import { bySpoken, decide, MOST_LETTERS, problemOf, readTopics, wordsOf } from '../topics.ts';

const topic = (id: string, cases: number, answers: number) => ({
  id,
  name: { en: id, zh: id },
  words: { en: ['bill'], zh: ['账单'] },
  cases,
  answers,
});

afterEach(() => vi.unstubAllGlobals());

describe('topics', () => {
  it('the most spoken of first, the order of the list among equals', () => {
    const list = [topic('a', 1, 0), topic('b', 0, 2), topic('c', 0, 1), topic('d', 2, 0)];
    expect(bySpoken(list).map((t) => t.id)).toEqual(['b', 'd', 'a', 'c']);
  });

  it('words of the page’s language first', () => {
    expect(wordsOf(topic('a', 0, 0), true)).toEqual(['账单', 'bill']);
    expect(wordsOf(topic('a', 0, 0), false)).toEqual(['bill', '账单']);
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['x'.repeat(MOST_LETTERS), null],
    [` ${'x'.repeat(MOST_LETTERS)} `, null],
    ['x'.repeat(MOST_LETTERS + 1), 'long'],
  ])('the name %j is as good here as at the server', (nameEn, problem) => {
    expect(problemOf(nameEn)).toBe(problem);
    const topics = [{ id: 'a', name: { en: nameEn, zh: 'a' }, words: { en: [], zh: [] } }];
    expect(checkSettings({ feedback: { topics } }).ok).toBe(problem === null);
  });

  it('sends a decision, and throws the server’s own sentence when it refuses', async () => {
    const fetched = vi.fn(async () =>
      Response.json({ error: { message: 'The last topic stays' } }, { status: 400 }),
    );
    vi.stubGlobal('fetch', fetched);
    await expect(decide('one two', { verb: 'drop', id: 'a' })).rejects.toThrow('last topic');
    expect(fetched).toHaveBeenCalledWith(
      '/api/topics/drop',
      expect.objectContaining({ method: 'POST', body: '{"tenant":"one two","id":"a"}' }),
    );
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502 }));
    await expect(readTopics('one two')).rejects.toThrow('/api/topics?tenant=one+two answered 502');
  });
});
