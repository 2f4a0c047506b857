import { BarChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, GridComponent, SVGRenderer]);

/** Bars, one beside the other or stacked. */
export interface Bars {
  /** Sideways, for long names. */
  readonly sideways: boolean;
  readonly categories: readonly string[];
  readonly series: readonly {
    readonly name: string;
    /** A CSS colour, which may be a variable of the page: so the picture follows its colours. */
    readonly colour: string;
    readonly values: readonly number[];
    /** What stands at each bar; empty: nothing. */
    readonly labels?: readonly string[];
  }[];
  readonly unit: string;
  readonly height: number;
}

const width = 640;
/** For names at the side, in pixels. */
const nameWidth = 210;
const font = "system-ui, sans-serif";
const text = "var(--text)";
const quiet = "var(--line)";

/** The picture as SVG, drawn here: the page needs no script. What it shows has to be said in words beside it. */
export function drawBars({ sideways, categories, series, unit, height }: Bars): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  const names = {
    type: "category" as const,
    data: [...categories],
    inverse: sideways,
    axisLabel: {
      color: text,
      fontFamily: font,
      fontSize: 13,
      ...(sideways ? { width: nameWidth, overflow: "truncate" as const } : {}),
    },
    axisLine: { lineStyle: { color: quiet } },
    axisTick: { show: false },
  };
  const values = {
    type: "value" as const,
    name: unit,
    ...(sideways ? { nameLocation: "middle" as const, nameGap: 30 } : { nameLocation: "end" as const }),
    minInterval: 1,
    nameTextStyle: {
      color: text,
      fontFamily: font,
      fontSize: 12,
      align: sideways ? ("right" as const) : ("left" as const),
    },
    axisLabel: { color: text, fontFamily: font, fontSize: 12 },
    splitLine: { show: !sideways, lineStyle: { color: quiet } },
  };
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: font },
    grid: {
      // Without a browser the width of a text is only a guess: so the margins are fixed.
      ...{ left: sideways ? nameWidth + 44 : 36, right: sideways ? 96 : 8, top: sideways ? 8 : 32 },
      bottom: sideways ? 48 : 24,
      outerBoundsMode: "none",
    },
    xAxis: sideways ? values : names,
    yAxis: sideways ? names : values,
    series: series.map(({ name, colour, values, labels }) => ({
      type: "bar" as const,
      name,
      stack: "all",
      barMaxWidth: 36,
      itemStyle: { color: colour },
      data: values.map((value, index) => ({
        value,
        label: {
          show: (labels?.[index] ?? "") !== "",
          position: sideways ? ("right" as const) : ("top" as const),
          color: text,
          fontFamily: font,
          fontSize: 12,
          formatter: () => labels?.[index] ?? "",
        },
      })),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
