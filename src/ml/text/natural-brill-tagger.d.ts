/** Types of the three files of `natural` behind the English tagger; see natural-porter-stemmer.d.ts for why single files. */
declare module 'natural/lib/natural/brill_pos_tagger/lib/Lexicon.js' {
  export default class Lexicon {
    constructor(language: 'EN', unknown: string, unknownCapitalised: string);
  }
}
declare module 'natural/lib/natural/brill_pos_tagger/lib/RuleSet.js' {
  export default class RuleSet {
    constructor(language: 'EN');
  }
}
declare module 'natural/lib/natural/brill_pos_tagger/lib/Brill_POS_Tagger.js' {
  import type Lexicon from 'natural/lib/natural/brill_pos_tagger/lib/Lexicon.js';
  import type RuleSet from 'natural/lib/natural/brill_pos_tagger/lib/RuleSet.js';
  export default class BrillPosTagger {
    constructor(lexicon: Lexicon, rules: RuleSet);
    tag(words: readonly string[]): {
      taggedWords: { token: string; tag: string | undefined }[];
    };
  }
}
