import Calibration
import Configuration
import Paper

/// `models.toml`: what `bailiff tape calibrate` wrote, read back, and presets with its numbers.
enum ModelFile {
    /// Unknown keys are errors, as everywhere.
    static func load(_ path: String) throws(ConfigurationError) -> CalibratedModels {
        let found = try FigureFile.load(path, keys)
        var models = CalibratedModels()
        for key in ModelKey.allCases {
            guard let figure = found[key.rawValue] else { continue }
            models.set(
                key,
                ModelFigure(
                    centre: figure.centre, low: figure.low, high: figure.high, samples: figure.samples,
                    from: figure.from))
        }
        return models
    }

    /// A preset by its name, with a file's numbers where one is given.
    static func preset(_ name: PaperPreset.Name, models path: String?) throws(ConfigurationError) -> PaperPreset {
        let preset = PaperPreset.named(name)
        guard let path else { return preset }
        return preset.calibrated(by: try load(path))
    }

    static let keys = ModelKey.allCases.map { FigureKey(name: $0.rawValue, count: $0.count, range: $0.range) }
}
