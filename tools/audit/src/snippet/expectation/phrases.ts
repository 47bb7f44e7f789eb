/** What the words of a page say about its code: each list has the ways to say one thing. */

const ways = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'), 'i')

const ERROR = '(?:(?:hard|type|borrow|lifetime|compile(?:r|[- ]time)?|compilation|borrow[- ]checker) )?error'
const COMPILER = String.raw`rustc|g\+\+|gcc|clang`
const CHECKER = `(?:the (?:compiler|borrow checker|type (?:system|checker))|cxx|${COMPILER})`
const ITSELF = '(?:this|that|it|such|us|you)'

/** The code is refused. */
export const REFUSED = ways(
  String.raw`\bmakes? (?:it|this) an error\b`,
  String.raw`(?:does(?:n['’]?t| not)|do(?:n['’]?t| not)|will(?: not|n['’]?t)|won['’]?t|cannot|can['’]?t|must not|fails? to|refuses? to)\s+(?:be\s+)?(?:compiled?|build|built)\b(?!\s+(?:without|unless|on|with (?:older|an old)))`,
  String.raw`\b(?:not (?:yet|currently|directly|officially)|is(?: not|n['’]?t)(?: yet)?|are(?: not|n['’]?t)(?: yet)?) (?:supported|available|implemented)\b`,
  String.raw`\bunsupported\b(?=\s*(?:today|yet|by cxx|[:)]|\n|$))`,
  String.raw`(?:^|\n)\W*(?:(?:is|are) )?not (?:there|here|possible|supported) yet\b`,
  String.raw`^\W*(?:imagine|suppose|pretend)\b[^.\n]{0,30}\b(?:were|was) (?:allowed|able|legal|permitted|possible)(?: for us)? to (?:declare|say|write)\b`,
  String.raw`\b(?:you|we|one) (?:cannot|can['’]?t|can not) write(?: (?:this|that|it|the following|code like this))?\W*(?:\n|$)`,
)

/** An error of compilation is announced, in words that may as well name one that is overcome. */
export const ANNOUNCED = ways(
  String.raw`\b(?:following|next|this|that|these|it|below|above|code|example|snippet|program|line|version|attempt|call)\b[^.\n]{0,60}\b(?:is|are|would be|will be) (?:also |now |still )?an? ${ERROR}\b(?! (?:type|enum|struct|code|message|handler|value|class|if|when|unless|to|that|at|for|from|of|case)\b)`,
  String.raw`\b(?:results? in|causes?|produces?|gives?|yields?|triggers?|leads? to|raises?|emits?|gets?|see|is|are)\b[^.\n]{0,30}\b(?:compile(?:r|[- ]time)?|compilation|borrow[- ]checker) errors?\b`,
  String.raw`\b(?:following|code|program|example|snippet|version|line)\b(?: \w+){0,2} (?:is|are|gets?|will be) (?:rejected|refused)\b`,
  String.raw`\b(?:is|are|gets?|will be|be) (?:rejected|refused) by (?:${CHECKER}|the type system)\b`,
  String.raw`\b${CHECKER}(?!\w)[^.\n]{0,20}\b(?:rejects?|refuses?|complains?|disagrees?|objects?|foils?|throws? (?:an?|the|this|these) [^.\n]{0,20}errors?|stops? ${ITSELF}|catch(?:es)? ${ITSELF}|prevents? ${ITSELF}|forbids? ${ITSELF}|(?:is|will)(?: not|n['’]t) (?:be )?(?:happy|pleased)|(?:does not|doesn['’]t|will not|won['’]t) (?:accept|allow|let))\b`,
  String.raw`\b${CHECKER}(?!\w) (?:tells|warns) (?:us|you)\b[^.\n]{0,60}(?:\b(?:not|cannot|missing|required)\b|n['’]t\b)`,
  String.raw`\bRust (?:prevents?|rejects?|forbids?|catch(?:es)?|refuses?|disallows?|(?:does not|doesn['’]t|will not|won['’]t) (?:allow|let)) ${ITSELF}\b[^.\n]{0,30}\b(?:compile|compile[- ]time|compilation)\b`,
  String.raw`\b(?:you|we|I)(?:['’]ll| will| would)? (?:now |then |just |only )?(?:get|see|hit|run into|receive) (?:an?|the|this|the following) ${ERROR}\W*$`,
  String.raw`^\W*(?:a |this is an? )?(?:compile(?:r|[- ]time)?|compilation|type|borrow(?:[- ]checker)?|lifetime) error\W*$`,
  String.raw`^\W*compilation (?:will )?fails?\b`,
  String.raw`\berror\W{0,2}(?:error\W)?\W?E0\d{3}`,
  String.raw`\b(?:is|are) ill-formed\b|\bfails? (?:to type-?check|with (?:error )?\W?E0\d{3})`,
)

/** An error is named that this block does not have, or that has nothing to do with compiling. */
export const OVERCOME = ways(
  String.raw`\b(?:avoid\w*|fix(?:es|ed)?|prevent(?:ed|ing|s? (?:the|an?|such|any))?|goes away|no longer|resolv\w+|solv\w+|get rid|not an?|never an?|previous(?:ly)?|earlier|at run[- ]?time|runtime|(?:run|start|execute) (?:it|this|the))\b`,
  "n['’]t an? ",
)

/** The code need not be refused, and nobody should write it. */
export const NOT_WORKING = ways(
  String.raw`\b(?:this|that|it|these|following|example|code|approach|version|attempt)\b[^.\n]{0,40}\b(?:(?:do(?:es)?(?:n['’]?t| not)|will not|won['’]?t|would not|wouldn['’]?t|cannot|can['’]?t) work\b|(?:is|are)(?: not|n['’]?t) (?:allowed|permitted|legal|valid)\b|(?:is|are) (?:illegal|invalid|forbidden|disallowed|prohibited)\b)`,
  String.raw`\b(?:we are|we['’]re|cxx is) aiming for\b`,
  String.raw`(?<!\bwhat (?:it|this|that) )\b(?:would|could|might) (?:one day |eventually |then )?look like\b`,
  String.raw`\bis planned\b`,
  String.raw`^\W*(?:imagine|suppose|pretend)\b[^.\n]{0,40}\b(?:allowed|permitted|legal|possible|could)\b`,
  String.raw`\b(?:hope|would like) to (?:be able to )?(?:write|say|support)\b`,
  String.raw`\b(?:you|we|one) (?:may|must) not (?:write|say|do)(?: (?:this|that|it|the following))?\W*$`,
  String.raw`\b(?:is|are) (?:refused|rejected)\W*$`,
  String.raw`\b(?:common|typical|classic|frequent|easy) (?:mistake|error|pitfall|bug)s?\W*$`,
  String.raw`\b(?:broken|naive|na\u00efve|wrong|incorrect|buggy|flawed|faulty) (?:version|code|example|attempt|approach|program|way|implementation)\b`,
  String.raw`\b(?:might|may|could|would) (?:be tempted to |want to |naively )?(?:try|write)\b[^.\n]{0,30}\b(?:first|naively)\b|\b(?:be|is|feel) tempt(?:ed|ing) to\b`,
)

/** What would be, or what something else does. */
export const ELSEWHERE = ways(
  String.raw`^\W*(?:if|when|unless|without|unlike|because|since|as|while|although|though|until|before)\b`,
  String.raw`\b(?:instead|therefore|rather than|so that it (?:does|will)|so (?:we|you|use|that))\b`,
  String.raw`\bbut (?:it|this|that|here it) (?:does\b(?! ?not|n['’]t)|compiles|works|builds)`,
)

/** A sentence that leads to code which lacks something. */
export const WITHOUT = /^\W*without\b.*:\W*$/i

/** Which error the code below is. */
export const ERROR_BELOW = /\berror \W?E0\d{3}\W*:\s*$/i

/** A sentence that says no more than what the program above it prints. */
export const PRINTS_IT =
  /^(?:(?:(?:it|this|that|which|and|(?:this|the) (?:program|code|example))\s+)?(?:will\s+)?(?:prints?|outputs?|displays?)|\W{0,2}(?:the )?(?:expected )?output(?: is|:)\W{0,2})\s+`([^`\n]+)`\.?\s*(?:$|\n\n)/i

/** The end of a sentence that says what the program below it prints. */
export const PRINTS_BELOW =
  /\b(?:it|this|that|which|one|program|example|second|last|next|following|code)\b[^.`\n]{0,30}\b(?:prints?|outputs?|displays?) `([^`\n]+)`\W*$/i

/** How words after a block begin that are about it, or about what a compiler makes of it. */
export const ABOUT_IT = ways(
  String.raw`^\W*(?:this|that|here|it|these|neither|none|both|the (?:code|example|snippet|bridge|block|program|above)\b)`,
  String.raw`^\W*(?:here )?(?:${CHECKER}|the type system|both compilers|rust|compilation|(?:you|we)(?:['’]ll| will)? (?:get|see|hit))(?!\w)`,
  String.raw`^[^.\n]{0,80}, so (?:this|that|it|the (?:code|call|line)) (?:is|does)\b`,
)

/** A compiler's verdict, in words that follow a block: whatever these name is not overcome. */
export const COMPILER_REFUSES = ways(
  String.raw`^\W*(?:here )?(?:${COMPILER}|(?:the|both) compilers?)(?!\w)[^.]*\b(?:says?|refuses?|rejects?|complains?)\b`,
)

export const BAD =
  /[❌✗✘⛔🚫👎]|(?:^|[\s*`/(])(?:BAD|WRONG|DON['’]?T|AVOID|NEVER|INCORRECT|ANTI-?PATTERN)(?=[\s:!.*`)-]|$)|^\s*(?:bad|wrong|don['’]?t|avoid|incorrect|anti-?pattern)\b|^\s*(?:Bad|Wrong|Don['’]?t|Avoid|Incorrect):/mu
export const GOOD =
  /[✅✓✔👍]|(?:^|[\s*`/(])(?:GOOD|CORRECT|RIGHT|FIXED)(?=[\s:!.*`)-]|$)|^\s*(?:good|right|correct|fixed|instead|do this)\b|^\s*(?:Good|Right|Correct|Fixed|Instead):/mu
