// What the recorder wants of the streams: the rules of its plan, and what they call a shared screen.

let plan = { rules: [], screenPrefix: "" };
export const follow = (given) => (plan = given);

export const ruleFor = (name) => plan.rules.find((rule) => name.startsWith(rule.prefix)) ?? { record: true, sound: true };
export const nameOf = (userId, kind) => (kind === "screen" ? plan.screenPrefix + userId : userId);
