/// How a paper page looks: by the reader's own choice of light or dark, and always light on paper.
enum PaperPageStyle {
    static let text = #"""
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1c2024; --quiet: #60656c; --line: #d9dce0;
          --panel: #f5f6f8; --s1: #0b62c4; --s2: #c4560b; --s3: #2b8a3e; --s4: #8a2b84; --s5: #b8860b; --s6: #c92a2a;
          --s7: #0c8599; --s8: #5f3dc4; --s9: #868e96; --s10: #66a80f; --s11: #364fc7; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #14171a; --ink: #e6e8ea; --quiet: #9aa1a9; --line: #343a40; --panel: #1d2125;
            --s1: #5aa9ff; --s2: #ff9f5a; --s3: #69db7c; --s4: #e599f7; --s5: #ffd43b; --s6: #ff8787; --s7: #66d9e8;
            --s8: #b197fc; --s9: #adb5bd; --s10: #c0eb75; --s11: #91a7ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1160px; padding: 20px; background: var(--paper); color: var(--ink);
          font: 15px/1.45 system-ui, sans-serif; }
        h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 30px 0 2px; overflow-wrap: anywhere; }
        h3 { font-size: 16px; margin: 0 0 6px; } h4 { font-size: 14px; margin: 14px 0 4px; color: var(--quiet); }
        section { border-top: 1px solid var(--line); padding: 12px 0 6px; margin-top: 14px; }
        p { margin: 4px 0 8px; } .quiet, .none { color: var(--quiet); } .none { font-style: italic; }
        code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; background: var(--panel); padding: 1px 4px; }
        table { border-collapse: collapse; margin: 6px 0 12px; font-variant-numeric: tabular-nums; font-size: 14px; }
        th, td { padding: 3px 12px 3px 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--quiet); font-weight: 600; } td.n, th.n { text-align: right; }
        .wide { overflow-x: auto; }
        .strip { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 12px; margin: 8px 0; }
        .card { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; }
        .card .big { font-size: 22px; font-weight: 650; } .card table { font-size: 13px; margin: 4px 0 0; width: 100%; }
        .chart { position: relative; height: 300px; margin: 8px 0 14px; }
        .alarm { color: var(--s6); font-weight: 700; }
        @media print {
          :root { color-scheme: light; --paper: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --panel: #ffffff; }
          body { max-width: none; padding: 0; font-size: 11px; } table { font-size: 10px; }
          .chart { height: 220px; break-inside: avoid; } canvas { max-width: 100% !important; }
          .card, tr { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } .wide { overflow: visible; } }

        """#
}
