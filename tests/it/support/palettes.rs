//! The 16 colours of five kinds of terminal, as they come.

use ratatui::style::Color;

/// A terminal: its name, its background, and its colours from black to bright white, as `0xrrggbb`.
type Named = (&'static str, u32, [u32; 16]);

/// xterm on black, the VGA text console, Solarized dark, GNOME's terminal, and Windows' (Campbell).
pub(crate) const NAMED: [Named; 5] = [
    (
        "xterm",
        0,
        [
            0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f,
            0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
        ],
    ),
    (
        "VGA",
        0,
        [
            0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa, 0x55_5555,
            0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
        ],
    ),
    (
        "Solarized",
        0x00_2b36,
        [
            0x07_3642, 0xdc_322f, 0x85_9900, 0xb5_8900, 0x26_8bd2, 0xd3_3682, 0x2a_a198, 0xee_e8d5, 0x00_2b36,
            0xcb_4b16, 0x58_6e75, 0x65_7b83, 0x83_9496, 0x6c_71c4, 0x93_a1a1, 0xfd_f6e3,
        ],
    ),
    (
        "GNOME",
        0x1e_1e1e,
        [
            0x17_1421, 0xc0_1c28, 0x26_a269, 0xa2_734c, 0x12_488b, 0xa3_47ba, 0x2a_a1b3, 0xd0_cfcc, 0x5e_5c64,
            0xf6_6151, 0x33_d17a, 0xe9_ad0c, 0x2a_7bde, 0xc0_61cb, 0x33_c7de, 0xff_ffff,
        ],
    ),
    (
        "Windows",
        0x0c_0c0c,
        [
            0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc, 0x76_7676,
            0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
        ],
    ),
];

/// The 16 colours in their order.
const COLOURS: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// A number as a colour.
pub(crate) fn rgb(number: u32) -> Color {
    Color::from_u32(number)
}

/// One of the 16 as a terminal shows it; any other as it is.
pub(crate) fn shown(colour: Color, colours: &[u32; 16]) -> Color {
    COLOURS.iter().zip(colours).find(|(own, _)| **own == colour).map_or(colour, |(_, number)| rgb(*number))
}
