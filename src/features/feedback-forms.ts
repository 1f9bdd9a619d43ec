/** Sentence forms that tell questions, wishes, requests and deadlines, in English and Chinese alike. */

interface Form {
  readonly name: string;
  readonly pattern: RegExp;
}

const LEAD = String.raw`^(?:(?:hi|hello|hey|ok|okay|so|and|but|also|please|pls|sorry|thanks|thank you|just|well|quick question|question|@\w+|everyone|there|team)[,:.!\s-]+){0,4}`;
const english = (name: string, body: string): Form => ({ name, pattern: new RegExp(body) });
const CHANGE =
  'add|make|bring|include|allow|let|give|provide|support|enable|change|improve|offer|put|create|implement|introduce|consider|update|extend|expand|expose|increase|integrate|remove|reduce|show|stop using|open up|build|return';

/** A name may stand here several times: one form, several wordings. */
const FORMS: readonly Form[] = [
  english('question_mark', String.raw`[?？][\s"'”)!.]*$`),
  english('wh', `${LEAD}(?:how|what|when|where|which|who|whose|why|what's|where's|who's|how's)\\b`),
  english(
    'yes_no',
    `${LEAD}(?:can|could|may|do|does|did|is|are|was|were|will|would|should|have|has|am|shall)\\s+(?:i|we|you|it|he|she|they|there|this|that|the|these|those|my|our|your|any|some|someone|anyone|somebody|people)\\b`,
  ),
  english(
    'asked',
    String.raw`\b(?:how to|how do|how can|how long|how much|where (?:can|do|is)|what (?:is|are|do|does|should|happens)|whether|do you know|can you tell|let me know|wondering|any (?:idea|news|update|chance|plans)|tell me|i want to know|like to know|need to know)\b`,
  ),
  english(
    'want',
    String.raw`\b(?:i|we)(?:'d| would)? (?:like|want|need) (?:to|a|an|the|my|some)\b`,
  ),
  english(
    'please_change',
    String.raw`\b(?:please|pls|plz|kindly)\s+(?:also |just )?(?:${CHANGE})\b`,
  ),
  english(
    'please_help',
    String.raw`\b(?:please|pls|plz|kindly)\s+(?:fix|help|resolve|check|repair|send|tell|call|reply|respond|contact|advise|confirm|look into|do something|sort)\b`,
  ),
  english(
    'would',
    String.raw`\b(?:would|it'd|'d|could|might)\s+(?:also |really |just |definitely |certainly |only |always )?(?:be (?:so |very |even |really |much |a )?(?:great|nice|good|cool|awesome|helpful|useful|handy|better|perfect|amazing|lovely|ideal|wonderful|fantastic|best|welcome|worth|appreciated|sweet|neat|beneficial|convenient|possible)|love|like to see|like to be able|like the|prefer|help|make|save|benefit|solve|improve|pay)\b`,
  ),
  english(
    'should',
    String.raw`\b(?:should|ought to|must|needs? to|has to)\s+(?:also |really |at least |just |not |never |always )?(?:be|have|let|allow|include|offer|support|provide|add|show|come|give|remember|say|send|stock|look|make|use|consider|get|put)\b`,
  ),
  english(
    'needs',
    String.raw`\b(?:needs?|could use|could do with|lacks?|lacking|missing)\s+(?:is |are )?(?:a|an|some|more|better|the|support|options?|proper)\b`,
  ),
  english(
    'wish',
    String.raw`\bwish(?:ing|list| list)?\b|\bif only\b|\bhop(?:e|ing) (?:you|they|it|there|we|to see|for|that you|the next)\b`,
  ),
  english(
    'if',
    String.raw`\bif (?:you|there|it|we|i|they|the \w+|only|this|users?|that|one|people|admins?) (?:guys )?(?:could|can|had|was|were|would|added|made|offered|allowed|came)\b`,
  ),
  english('imperative', `^(?:(?:please|pls|also|and|maybe|perhaps|just)[,\\s]+)?(?:${CHANGE})\\b`),
  english(
    'able',
    String.raw`\b(?:able to|ability to|options? (?:to|for)|a way to|possib(?:le|ility) to|support for|features? (?:to|that|for|where|like)|capability|functionality|customi[sz])`,
  ),
  english(
    'idea',
    String.raw`\b(?:ideas?|suggest\w*|feature request|propos\w+|enhancement|recommend (?:adding|that|you add)|why not|how about|what about|have you (?:thought|considered)|maybe you)\b`,
  ),
  english('instead', String.raw`\b(?:instead of|rather than|similar to how|just like in)\b`),
  english('negation', String.raw`\b(?:not|never|no|cannot|nothing|nobody|unable)\b|n't\b`),
  english(
    'duration',
    String.raw`\b(?:\d+|an?|two|three|four|five|six|several|few|couple of|half an)\+?[\s-]*(?:hours?|hrs?|days?|weeks?|months?|mins?|minutes?)\b`,
  ),
  english(
    'rhetorical',
    String.raw`\b(?:how is it possible|how can you|how hard (?:is|can)|how dare|why (?:is|are|do|does|can't|won't|don't|did|have|has|would|should)|what(?: is|'s) (?:wrong|going on|the point)|are you (?:kidding|serious)|seriously\?|really\?)`,
  ),
  english(
    'minutes',
    String.raw`\b(?:in|within|next)\s+(?:the (?:next )?)?(?:\d+|a few|ten|five|twenty|thirty|fifteen|one|an?)\s*(?:minutes?|mins?|hour)\b|\bright (?:now|away)\b`,
  ),
  english(
    'by_day',
    String.raw`\b(?:by|before|until|this|next)\s+(?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:by|before) the (?:weekend|end of|\d)|\bthis week\b|\bnext week\b`,
  ),
  english('weekday', String.raw`\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b`),
  english(
    'by_tonight',
    String.raw`\b(?:by|before|until|today|tonight|tomorrow)\s*(?:\d|noon|end of (?:the )?day|close of business|morning|afternoon|tonight|tomorrow|today)`,
  ),
  english('exclamation', '[!！]'),
  {
    name: 'wh',
    pattern:
      /怎么(?!会|这么|那么|都|能)|怎样|如何|什么时候|哪[里儿个些种款]|几[点天个]|多[久少]|为什么|为何|请问|咨询|想问|想知道|想了解/,
  },
  {
    name: 'yes_no',
    pattern:
      /([能会可是有要行对])不\1|有没有|是否|能否|可否|可不可以|(?:吗|么|吧|嘛)[?？。!！~\s]*$/,
  },
  {
    name: 'asked',
    pattern:
      /请问|咨询|请教|想问|问一?下|想知道|想了解|告诉我|告知|麻烦确认|请确认|怎么办|什么意思|区别/,
  },
  { name: 'want', pattern: /我(?:们)?(?:想|要|需要)(?!说|吐|骂|哭)/ },
  {
    name: 'please_change',
    pattern:
      /(?:请|麻烦|能不能|能否|可否|可不可以|求|跪求)[^，。?？!！]{0,8}(?:增加|添加|加上|加个|加一|支持|允许|让|提供|开放|改|换成|恢复|出一?[个款种]|做成|优化|分开|合并|单独|多)/,
  },
  {
    name: 'please_help',
    pattern:
      /(?:请|麻烦|快|赶紧|帮)[^，。?？!！]{0,6}(?:处理|解决|修|查|核实|回复|回电|联系|帮|看看|看一下|退|换货|补发|发货|派)/,
  },
  {
    name: 'would',
    pattern:
      /(?:如果|要是|若|假如|有|能|再|可以|可)[^，。,.!！?？]{0,20}(?:就|会|更)[^，。]{0,5}(?:好|完美|方便|棒|爽|实用|省|有用|满意|划算)|(?:会|更|很)有用|能省/,
  },
  {
    name: 'should',
    pattern:
      /应该(?:有|加|增加|可以|支持|要|能|把|在|允许|让|提供|显示|发|设|多|出|备|先|给)|应当|必须要?有|得有/,
  },
  {
    name: 'needs',
    pattern:
      /需要(?:一个|有|增加|加|改进|提高|更|多)|(?:就差|就缺|缺|少)(?:了)?(?:一)?个|缺[^，。?？!！]{0,12}(?:功能|选项)|有待|不支持/,
  },
  { name: 'wish', pattern: /希望|期待|期望|但愿|盼|最好|心愿|愿望/ },
  { name: 'if', pattern: /如果|要是|假如|倘若|的话/ },
  {
    name: 'imperative',
    pattern:
      /^(?:请|也|再)?(?:把|让|加(?!热|盟|油)|增加|添加|出[一个]|多[一加出]|支持|开放|改[成为回]|恢复)/,
  },
  {
    name: 'able',
    pattern:
      /(?:[缺差少没加出求新]|希望|需要|想要|期待|有一?个)[^，。,.!！?？]{0,12}(?:功能|选项)|自定义|(?:可以|能)(?:自己|自由)?(?:设|选|调|改|导出|搜|筛)/,
  },
  {
    name: 'idea',
    pattern: /建议|提议|提个|想法|意见|考虑(?:一下|过|增加|做|出)?|不妨|何不|为什么不|有没有想过/,
  },
  { name: 'instead', pattern: /而不是|不要再?|改成|换成/ },
  { name: 'negation', pattern: /[不没未无别]/ },
  {
    name: 'duration',
    pattern: /[\d一二两三四五六七八九十半几多]+个?多?(?:小时|钟头|天|周|星期|礼拜|月|分钟)/,
  },
  {
    name: 'rhetorical',
    pattern:
      /凭什么|怎么(?:会|这么|那么|能|可以)|什么(?:破|垃圾|态度|玩意|东西|鬼)|这(?:也|算|就)(?:叫|算)|难道|怎么回事|搞什么|至于吗|为什么(?:又|还|总)/,
  },
  {
    name: 'minutes',
    pattern:
      /[\d一二两三四五六七八九十半几]+个?(?:分钟|小时)(?:之?内|以内|后)|(?:马上|立刻|立即|现在)/,
  },
  {
    name: 'by_day',
    pattern:
      /(?:周|星期|礼拜)[一二三四五六日天末](?:之?前|以前)|[这本下]个?(?:周|星期|礼拜)|月底|(?:\d+|[两三五几十])天(?:之?内|以内)/,
  },
  { name: 'weekday', pattern: /(?:周|星期|礼拜)[一二三四五六日天]/ },
  {
    name: 'by_tonight',
    pattern:
      /(?:今天|今晚|今日|明天|明早|下班|中午|晚上)[^，。]{0,4}(?:之?前|以前|内|就|必须|要)|[\d一二三四五六七八九十]+点(?:之?前|以前)/,
  },
];

/** Names of the forms of a sentence, with the place of each: `[name, start, end)`. */
export function formsOf(folded: string): [string, number, number][] {
  const found: [string, number, number][] = [];
  const seen = new Set<string>();
  for (const { name, pattern } of FORMS) {
    if (seen.has(name)) continue;
    const match = pattern.exec(folded);
    if (match === null) continue;
    seen.add(name);
    found.push([name, match.index, match.index + match[0].length]);
  }
  return found;
}
