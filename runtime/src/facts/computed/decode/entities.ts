// Named character references of HTML that stand for ASCII characters: what can hide a part of a credential.

export const ENTITIES: ReadonlyMap<string, string> = new Map(
  (
    'Tab:\t NewLine:\n excl:! quot:" QUOT:" num:# dollar:$ percnt:% amp:& AMP:& apos:\' lpar:( rpar:) ast:* midast:* plus:+ ' +
    "comma:, period:. sol:/ colon:: semi:; lt:< LT:< equals:= gt:> GT:> quest:? commat:@ lsqb:[ lbrack:[ bsol:\\ rsqb:] rbrack:] " +
    "Hat:^ lowbar:_ UnderBar:_ grave:` lcub:{ lbrace:{ verbar:| vert:| VerticalLine:| rcub:} rbrace:} hyphen:- dash:-"
  )
    .split(/ (?=[A-Za-z]{2,}:)/)
    .map((entry) => [entry.slice(0, entry.indexOf(":")), entry.slice(entry.indexOf(":") + 1)]),
);
