/** The words of a text that can say what it is about, as people read them: no stems, no stop words. */
import { words as common } from 'natural/lib/natural/util/stopwords.js';
import { hanRuns, tokenizeChinese } from '../text/tokenize-zh.ts';

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Beyond the package's list: contractions without their ends, numbers, web addresses. */
const ENGLISH: ReadonlySet<string> = new Set([
  ...common,
  ...list(`across against almost alone along already although always among anyone anything around away
    back became become cannot couldn didn doesn don done down either else enough even ever every everyone
    everything first five four get gets getting give goes going gone got hadn hasn haven hers however
    http https isn its just keep last least less let lot made maybe might mine mostly much must neither
    nobody none nor not nothing off often once one ones onto others per perhaps please put quite rather really
    seem seems several shan shouldn someone something sometimes somewhere soon sure than thing
    things three together toward twice two upon upto us via want wants wasn went weren whatever whether whole
    whom whose will within without won wouldn www yes yet`),
]);

const CHINESE: ReadonlySet<string> = new Set(
  list(`一个 一些 一下 一直 一样 一点 一次 一种 不是 不会 不能 不过 不要 不知 不知道 今天 什么 他们 以及 以后 但是
    你们 其他 再也 刚刚 十分 只是 只有 可以 可能 各种 同样 因为 因此 大家 她们 如果 如此 它们 完全 已经 并且 怎么 怎样 感觉
    我们 所以 所有 才能 接着 时候 是否 有些 有的 有点 本来 根本 此外 比较 没有 然后 特别 现在 甚至 由于 的话 的确 直接
    真是 真的 知道 确实 自己 虽然 觉得 许多 起来 还是 还有 这个 这么 这些 这样 这次 这种 那个 那么 那些 那样 都是
    非常 而且 或者 就是 还是 还要 只能 应该 这里 那里 里面 出来 下来 一定 一般 之后 之前 比如 其实 终于 居然 竟然`),
);

/**
 * In order, with repeats: Latin words of three letters and more in lower case, Chinese words of two
 * characters and more in simplified form.
 */
export function topicWords(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const english = (plain.match(/[a-z]{3,}/g) ?? []).filter((word) => !ENGLISH.has(word));
  const runs = hanRuns(plain);
  if (runs.length === 0) return english;
  const chinese = tokenizeChinese(runs).filter((word) => word.length > 1 && !CHINESE.has(word));
  return [...english, ...chinese];
}
