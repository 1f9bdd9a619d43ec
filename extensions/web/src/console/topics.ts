/** Topics of an account: the list with its counts, what its messages suggest, and what an admin decides. */

export interface Topic {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly words: { readonly en: readonly string[]; readonly zh: readonly string[] };
}

export interface Spoken {
  readonly cases: number;
  readonly answers: number;
}

export interface TopicList {
  readonly windowDays: number;
  readonly topics: readonly (Topic & Spoken)[];
  readonly none: Spoken;
}

export interface Proposal extends Topic {
  readonly language: 'en' | 'zh';
  readonly messages: number;
  readonly of: number;
  /** A listed topic's id. */
  readonly coveredBy: string | null;
  readonly examples: readonly { readonly id: string; readonly text: string }[];
}

export interface Proposals {
  readonly proposals: readonly Proposal[];
  readonly messages: number;
}

/** The two names a person has typed. */
export interface Names {
  readonly nameEn: string;
  readonly nameZh: string;
}

/** As the server takes them. */
export const MOST_LETTERS = 80;

export const namesOf = ({ name }: Topic): Names => ({ nameEn: name.en, nameZh: name.zh });

/** What the server would not take. */
export const problemOf = (name: string): 'empty' | 'long' | null => {
  const letters = name.trim().length;
  return letters === 0 ? 'empty' : letters > MOST_LETTERS ? 'long' : null;
};

/** The words of a language first where the page speaks it, those of the other behind. */
export const wordsOf = ({ words }: Topic, zh: boolean): readonly string[] =>
  zh ? [...words.zh, ...words.en] : [...words.en, ...words.zh];

/** The list as it stands, the most spoken of first; the order of the list decides among equals. */
export const bySpoken = (topics: TopicList['topics']): TopicList['topics'] =>
  [...topics].sort((a, b) => b.cases + b.answers - (a.cases + a.answers));

async function asked<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  const answer = (await response.json().catch(() => null)) as
    | (T & { error?: { message: string } })
    | null;
  if (response.ok && answer !== null) return answer;
  throw new Error(answer?.error?.message ?? `${path} answered ${response.status}`);
}

const named = (tenant: string) => new URLSearchParams({ tenant });

export const readTopics = (tenant: string): Promise<TopicList> =>
  asked(`/api/topics?${named(tenant)}`);

/** Reads every message of the account, so a person asks for it. */
export const readProposals = (tenant: string): Promise<Proposals> =>
  asked(`/api/topics/proposals?${named(tenant)}`);

export type Decision =
  | { readonly verb: 'accept' | 'rename'; readonly id: string; readonly names: Names }
  | { readonly verb: 'drop'; readonly id: string };

/** Throws with the server's own sentence when it refuses. */
export async function decide(tenant: string, decision: Decision): Promise<void> {
  const { verb, id } = decision;
  const names = decision.verb === 'drop' ? {} : decision.names;
  await asked(`/api/topics/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant, id, ...names }),
  });
}
