// Slack's dates: a format with tokens like `{date_short_pretty} at {time}`, in the reader's own zone.
// Source: https://docs.slack.dev/messaging/formatting-message-text/#date-formatting

const format = (options) => (at) => new Intl.DateTimeFormat(undefined, options).format(at);
const pad = (number) => String(number).padStart(2, "0");

const LONG = format({ weekday: "long", year: "numeric", month: "long", day: "numeric" });
const MIDDLE = format({ year: "numeric", month: "long", day: "numeric" });
const SHORT = format({ year: "numeric", month: "short", day: "numeric" });
const TIME = format({ hour: "numeric", minute: "2-digit" });

const TOKENS = {
  date_num: (at) => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`,
  date_slash: format({ year: "numeric", month: "2-digit", day: "2-digit" }),
  date: MIDDLE,
  date_long: LONG,
  date_long_full: LONG,
  date_short: SHORT,
  date_pretty: (at) => pretty(at, MIDDLE),
  date_short_pretty: (at) => pretty(at, SHORT),
  date_long_pretty: (at) => pretty(at, LONG),
  day_divider_pretty: (at) => pretty(at, LONG),
  time: TIME,
  time_secs: format({ hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (at) => ago((Date.now() - at) / 1000),
};

export function slackDate(seconds, pattern, fallback) {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return fallback || "";
  return String(pattern || "{date_short_pretty} at {time}").replace(
    /\{(\w+)\}/g,
    (all, name) => TOKENS[name]?.(at) ?? all,
  );
}

function pretty(at, otherwise) {
  const day = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  const days = Math.round((day(new Date()) - day(at)) / 86400000);
  return { "-1": "tomorrow", 0: "today", 1: "yesterday" }[days] || otherwise(at);
}

function ago(seconds) {
  const rule = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  const steps = [[86400, "day"], [3600, "hour"], [60, "minute"]];
  const [length, unit] = steps.find((one) => Math.abs(seconds) >= one[0]) || [1, "second"];
  return rule.format(-Math.round(seconds / length), unit);
}
