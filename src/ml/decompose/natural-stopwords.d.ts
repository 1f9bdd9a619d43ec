/** Types of the package's list of English stop words; imported alone, as the stemmer is. */
declare module 'natural/lib/natural/util/stopwords.js' {
  export const words: readonly string[];
}
