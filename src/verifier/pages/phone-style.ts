/** Text on its ground keeps 7:1 (WCAG 2.2, 1.4.6); whatever is touched is at least 64 px high (2.5.5 asks for 44). */
export const PHONE_STYLE = `
:root{color-scheme:light;--ink:#1d1b18;--paper:#faf8f4;--surface:#fff;--muted:#4d4942;--line:#c9c2b5;--edge:#746d62;--accent:#084a4b;--wash:#dcebea;--bad:#8f1f14}
*{box-sizing:border-box}
[hidden]{display:none!important}
html,body{height:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:19px/1.5 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;-webkit-text-size-adjust:100%}
main{min-height:100%;max-width:32rem;margin:0 auto;padding:max(16px,env(safe-area-inset-top)) 20px 0;display:flex;flex-direction:column}
section{display:flex;flex-direction:column;flex:1}
h1{font-size:27px;line-height:1.25;margin:4px 0 8px}
p{margin:0 0 10px}
h1,button,.say,.message p{text-wrap:balance}
.lead{color:var(--muted)}
.lines{list-style:none;margin:0 0 14px;padding:4px 16px;background:var(--surface);border:1px solid var(--line);border-radius:12px}
.lines li{padding:7px 0;font-size:17px;line-height:1.42}
.lines li+li{border-top:1px solid var(--line)}
.consent{display:flex;align-items:center;gap:14px;min-height:64px;padding:8px 14px;margin:0 0 10px;background:var(--surface);border:2px solid var(--edge);border-radius:12px;font-weight:600;line-height:1.35}
.consent input{flex:none;width:32px;height:32px;margin:0;accent-color:var(--accent)}
.consent:has(input:checked){border-color:var(--accent);background:var(--wash)}
.warning{color:var(--bad);font-weight:600;margin:0 0 10px}
.choice{display:grid;grid-template-columns:1fr 1fr;gap:10px;position:sticky;bottom:0;margin:auto -20px 0;padding:10px 20px max(10px,env(safe-area-inset-bottom));background:var(--paper);border-top:1px solid var(--line)}
.choice button{font-size:19px;line-height:1.2;min-height:72px}
button{width:100%;min-height:64px;padding:8px 16px;font:inherit;font-size:20px;font-weight:600;color:var(--accent);background:var(--surface);border:2px solid var(--accent);border-radius:12px}
button.primary{color:#fff;background:var(--accent)}
button:focus-visible,input:focus-visible{outline:4px solid var(--accent);outline-offset:3px}
.say{min-height:74px;margin:0 0 8px;display:flex;align-items:center;justify-content:center;text-align:center;font-size:27px;line-height:1.3;font-weight:600}
.view{position:relative;flex:1;min-height:0;width:100%;aspect-ratio:3/4;max-height:62vh;align-self:center;overflow:hidden;border-radius:16px;background:#1d1b18}
.view video{width:100%;height:100%;object-fit:cover;transform:scaleX(-1)}
.oval{position:absolute;left:50%;top:48%;width:74%;aspect-ratio:3/4;transform:translate(-50%,-50%);border:5px solid #fff;border-radius:50%;box-shadow:0 0 0 100vmax rgba(29,27,24,.62)}
.oval.good{border-color:#7fd6a0}
progress{width:100%;height:14px;margin:12px 0;accent-color:var(--accent)}
.message{justify-content:center;text-align:center}
.message h1{font-size:31px}
.message p{font-size:21px;color:var(--muted)}
.message::before{content:"";width:104px;height:72px;margin:0 auto 40px;border:7px solid var(--accent);border-radius:12px;box-shadow:0 25px 0 -18px var(--accent)}
.message.end-done::before,.message.end-closed::before{background:var(--wash)}
.message.camera::before{width:46px;height:78px}
.message button{margin-top:20px}
#stop{margin-bottom:16px}
@media (prefers-reduced-motion:no-preference){.oval{transition:border-color .2s}}
@media (orientation:landscape) and (max-height:520px){.view{max-height:58vh;width:auto;height:58vh}.say{min-height:44px}}
`;
